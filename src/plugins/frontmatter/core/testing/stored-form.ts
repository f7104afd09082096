import type { DocumentContent } from '../document';
import type { StoredDocument } from '../fields/field';

/**
 * Returns what Strapi would return for content that is not stored yet, so that `toFrontmatter` can
 * read it for a comparison.
 */
export function storedFormOf({ attributes, references }: DocumentContent): StoredDocument {
  const document: StoredDocument = { ...attributes };
  for (const reference of references) {
    switch (reference.kind) {
      case 'names':
        {
          const entries = reference.names.map((name) => ({ [reference.nameAttribute]: name }));
          document[reference.attribute] = reference.isSingle ? (entries[0] ?? null) : entries;
        }
        break;
      case 'media':
        document[reference.attribute] = reference.path === null ? null : { url: reference.path };
        break;
      case 'links':
        document[reference.attribute] = reference.slugs.map((slug) => ({
          [reference.slugAttribute]: slug,
        }));
        break;
      case 'entry':
        document[reference.attribute] = reference.content;
        break;
    }
  }
  return document;
}
