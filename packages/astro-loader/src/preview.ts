import { AnswerError, readJson } from './cms.js';

/** A document as its editor sees it now. */
export interface Preview {
  collection: string;
  slug: string;
  frontmatter: Record<string, unknown>;
  /** Markdown. */
  body: string;
}

/**
 * Reads the document of a preview link, for a page that is rendered on demand. The link is all it
 * needs: neither the page nor its reader has a token for the CMS.
 *
 * @param options.link What the CMS put into the address of the preview page.
 * @returns `undefined` if the link is not valid, or is older than 15 minutes.
 */
export async function readPreview({
  url,
  link,
}: {
  url: string;
  link: string;
}): Promise<Preview | undefined> {
  try {
    const { data } = await readJson<{ data: Preview }>(
      { url },
      `/preview/${encodeURIComponent(link)}`
    );
    return data;
  } catch (error) {
    if (error instanceof AnswerError && error.status === 404) return undefined;
    throw error;
  }
}
