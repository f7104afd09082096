import { coded, quote, type Field, type FieldOptions } from './field';
import { listSchema, textSchema } from './values';
import { toLinkOrder } from '../link-order';
import { isSlug, MAX_SLUG_LENGTH, SLUG_PATTERN, SLUG_RULE } from '../slug';

const MAX_NAME_LENGTH = 255;

interface RelatedEntry {
  documentId?: string;
  [attribute: string]: unknown;
}

const related = (stored: unknown): RelatedEntry[] => (Array.isArray(stored) ? stored : []);

const listOrAbsent = (items: unknown[]): unknown[] | undefined =>
  items.length === 0 ? undefined : items;

export interface NamesField extends Field {
  kind: 'names';
  /** Content type of the entries. */
  target: string;
  /** Its attribute that holds the name, unique. */
  nameAttribute: string;
}

/** Entries known by name, such as keywords and tags: an import creates the ones that are missing. */
export function names(
  options: FieldOptions & { target: string; nameAttribute?: string }
): NamesField {
  const { target, nameAttribute = 'name' } = options;
  return {
    kind: 'names',
    required: options.required ?? false,
    attribute: options.attribute,
    description: options.description,
    target,
    nameAttribute,
    schema: listSchema(textSchema({ required: true, maxLength: MAX_NAME_LENGTH })),
    populate: { select: ['documentId', nameAttribute] },
    parse: (stored) => listOrAbsent(related(stored).map((entry) => entry[nameAttribute])),
  };
}

export interface LinksField extends Field {
  kind: 'links';
  target: string;
  slugAttribute: string;
  /** Attribute of the document with the order of its links, pending slugs included: their truth. */
  orderAttribute: string;
}

/** Links to other documents by slug. */
export function links(
  options: FieldOptions & { target: string; orderAttribute: string; slugAttribute?: string }
): LinksField {
  const { target, orderAttribute, slugAttribute = 'slug' } = options;
  return {
    kind: 'links',
    required: options.required ?? false,
    attribute: options.attribute,
    description: options.description,
    target,
    slugAttribute,
    orderAttribute,
    schema: listSchema(
      textSchema({ required: true })
        .refine(isSlug, {
          error: ({ input }) => `${quote(String(input))} cannot be a slug: ${SLUG_RULE}`,
          params: coded('invalid-slug', '').params,
        })
        .meta({ pattern: SLUG_PATTERN.source, maxLength: MAX_SLUG_LENGTH })
    ),
    populate: { select: ['documentId', slugAttribute] },
    parse: (stored) => listOrAbsent(related(stored).map((entry) => entry[slugAttribute])),
    // A target that is renamed or not published at the moment is still the same link.
    comparable: (_stored, { document }) => toLinkOrder(document[orderAttribute]) ?? [],
  };
}
