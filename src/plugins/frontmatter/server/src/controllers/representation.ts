import {
  bodyOfText,
  frontmatterOfText,
  selectKeys,
  type FrontmatterData,
  type Selection,
  type UploadFormat,
} from '../../../core';
import type { DocumentStatus } from '../../../shared';
import type { ServedDocument } from '../services/store/publications';

/** The forms in which a document can be requested. */
export const REPRESENTATIONS = ['envelope', 'json', 'yaml', 'md'] as const;
export type Representation = (typeof REPRESENTATIONS)[number];

/** Media types by preference. An `Accept` header that allows any type gets the first. */
const MEDIA_TYPES: readonly (readonly [type: string, representation: Representation])[] = [
  ['application/json', 'envelope'],
  ['application/vnd.frontmatter+json', 'json'],
  ['application/yaml', 'yaml'],
  ['text/yaml', 'yaml'],
  ['text/markdown', 'md'],
];

const CONTENT_TYPES: Record<Representation, string> = {
  envelope: 'application/json; charset=utf-8',
  json: 'application/json; charset=utf-8',
  yaml: 'application/yaml; charset=utf-8', // RFC 9512
  md: 'text/markdown; charset=utf-8', // RFC 7763
};

export const OFFERED_TYPES = MEDIA_TYPES.map(([type]) => type);

/** Also with the charset of our own answers: `accepts` treats a parameter as part of the type. */
export const ACCEPTED_TYPES = OFFERED_TYPES.flatMap((type) => [type, `${type}; charset=utf-8`]);

export const representationOfType = (type: string): Representation =>
  MEDIA_TYPES.find(([offered]) => offered === type.split(';')[0])?.[1] ?? 'envelope';

/** Splits off the last extension if it is one of ours: `node.js.md` has the slug `node.js`. */
export function splitExtension(name: string): { slug: string; extension?: UploadFormat } {
  const [, slug, extension] = /^(.+)\.(json|yaml|md)$/.exec(name) ?? [];
  return slug && extension ? { slug, extension: extension as UploadFormat } : { slug: name };
}

export const entityTag = (hash: string, representation: Representation): string =>
  `"${hash}-${representation}"`;

export const represent = (
  document: ServedDocument,
  representation: Representation,
  meta: { collection: string; status: DocumentStatus }
) => ({
  contentType: CONTENT_TYPES[representation],
  etag: entityTag(document.hash, representation),
  body: serialize(document, representation, meta),
});

function serialize(
  document: ServedDocument,
  representation: Representation,
  meta: { collection: string; status: DocumentStatus }
): string {
  switch (representation) {
    case 'envelope':
      return `{"data":${entryJson(document)},"meta":${JSON.stringify(meta)}}`;
    case 'json':
      return document.json;
    case 'yaml':
      return frontmatterOfText(document.text);
    case 'md':
      return document.text;
  }
}

/**
 * Returns a `DocumentEntry` as JSON text, composed of texts that were made when the document was
 * published. Parses nothing, unless only a part is requested.
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
