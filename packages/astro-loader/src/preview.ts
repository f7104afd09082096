import { AnswerError, readJson } from './cms.js';

/** A document as its editor has it now. */
export interface Preview {
  collection: string;
  slug: string;
  frontmatter: Record<string, unknown>;
  /** Markdown. */
  body: string;
}

/**
 * The document of a preview link, for a page that is rendered on demand. The link is all that is
 * needed: neither the page nor its reader has a token of the CMS.
 *
 * @param options.link What the CMS put into the address of the preview page.
 * @returns Nothing if the link is not valid, or is older than 15 minutes.
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
