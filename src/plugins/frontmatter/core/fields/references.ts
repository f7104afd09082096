import { coded, quote, type Field, type FieldOptions, type Storage } from './field';
import { listSchema, MAX_STRING_LENGTH, textSchema } from './values';
import { toLinkOrder } from '../link-order';
import { isSlug, MAX_SLUG_LENGTH, SLUG_PATTERN, SLUG_RULE } from '../slug';

interface RelatedEntry {
  documentId?: string;
  [attribute: string]: unknown;
}

const related = (stored: unknown): RelatedEntry[] => (Array.isArray(stored) ? stored : []);

const listOrAbsent = (items: unknown[]): unknown[] | undefined =>
  items.length === 0 ? undefined : items;

/** Returns a one-way relation whose targets may be shared by any number of documents. */
export const toOne = (target: string): Storage => ({
  types: ['relation'],
  declaration: { type: 'relation', relation: 'oneToOne', target },
});

const toMany = (target: string): Storage => ({
  types: ['relation'],
  declaration: { type: 'relation', relation: 'oneToMany', target },
});

export interface NamesField extends Field {
  kind: 'names';
  /** Content type of the entries. */
  target: string;
  /** Attribute of the entries that holds the unique name. */
  nameAttribute: string;
  /** Whether the key holds one name instead of a list. */
  isSingle: boolean;
}

interface NamesOptions extends FieldOptions {
  target: string;
  /** @default 'name' */
  nameAttribute?: string;
}

const nameSchema = () => textSchema({ required: true, maxLength: MAX_STRING_LENGTH });

/** Declares entries known by name, such as keywords and tags: an import creates missing ones. */
export function names(options: NamesOptions): NamesField {
  const { target, nameAttribute = 'name' } = options;
  return {
    kind: 'names',
    name: 'names',
    storage: toMany(target),
    isSingle: false,
    required: options.required ?? false,
    attribute: options.attribute,
    description: options.description,
    target,
    nameAttribute,
    schema: listSchema(nameSchema()),
    populate: { select: ['documentId', nameAttribute] },
    parse: (stored) => listOrAbsent(related(stored).map((entry) => entry[nameAttribute])),
  };
}

/**
 * Declares one entry known by a name or slug, such as an author: an import creates it if it is
 * missing. `nameAttribute` is the attribute that holds the name or slug.
 */
export function reference(options: NamesOptions): NamesField {
  const { target, nameAttribute = 'name' } = options;
  return {
    ...names(options),
    name: 'reference',
    storage: toOne(target),
    isSingle: true,
    schema: nameSchema(),
    parse: (stored) => (stored as RelatedEntry | null | undefined)?.[nameAttribute] ?? undefined,
  };
}

export interface LinksField extends Field {
  kind: 'links';
  target: string;
  slugAttribute: string;
  /** Attribute that is the source of truth for the order of links, including pending slugs. */
  orderAttribute: string;
}

/** Declares links to other documents by slug. */
export function links(
  options: FieldOptions & { target: string; orderAttribute: string; slugAttribute?: string }
): LinksField {
  const { target, orderAttribute, slugAttribute = 'slug' } = options;
  return {
    kind: 'links',
    name: 'links',
    storage: toMany(target),
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
