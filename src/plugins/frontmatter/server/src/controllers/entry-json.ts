import { bodyOfText, selectKeys, type FrontmatterData, type Selection } from '../../../core';
import type { ServedDocument } from '../services/store/publications';

/**
 * A `DocumentEntry` as JSON text, of texts that were made when the document was published: nothing
 * is parsed, unless only a part is asked for.
 */
export function entryJson(
  { slug, hash, json, text }: ServedDocument,
  selection?: Selection
): string {
  const frontmatter = selection ? selectedJson(json, selection) : json;
  const members = [
    `"slug":${JSON.stringify(slug)}`,
    `"etag":${JSON.stringify(hash)}`,
    `"frontmatter":${frontmatter}`,
  ];
  if (!selection || selection.body) members.push(`"body":${JSON.stringify(bodyOfText(text))}`);
  return `{${members.join(',')}}`;
}

const selectedJson = (json: string, { paths }: Selection): string =>
  JSON.stringify(selectKeys(JSON.parse(json) as FrontmatterData, paths));
