import { splitEntry, type EntryField } from './fields/entry';
import type { Populate, StoredDocument } from './fields/field';
import type { LinksField, NamesField } from './fields/references';
import type { FrontmatterData } from './read/parse';
import type { Shape } from './shape';
import { getAt, populateOf as populateOfKeys, readKeys, setAt, writeKeys } from './tree';

/** A target that must be looked up or created before a document can reference it. */
export type Reference =
  | {
      kind: 'names';
      attribute: string;
      target: string;
      nameAttribute: string;
      names: string[];
      /** Whether the attribute holds one target instead of a list. */
      isSingle: boolean;
    }
  | {
      kind: 'media';
      attribute: string;
      /** URL or file name; `null` for none. */
      path: string | null;
    }
  | {
      kind: 'links';
      /** Path of the key from the top of the frontmatter. */
      path: readonly string[];
      attribute: string;
      target: string;
      slugAttribute: string;
      slugs: string[];
    }
  | {
      kind: 'entry';
      attribute: string;
      field: EntryField;
      content: Record<string, unknown> | null;
    };

export interface DocumentContent {
  /** Values by attribute, components nested; `null` clears an attribute. */
  attributes: Record<string, unknown>;
  references: Reference[];
}

/** Returns the Strapi `populate` that `toFrontmatter` and `dateRelevantContent` need. */
export const populateOf = (shape: Shape): Record<string, Populate> => populateOfKeys(shape.keys);

/**
 * Converts a populated document to the frontmatter that readers get, keys in canonical order.
 *
 * @param now Decides which windows are open; without it, all are.
 */
export const toFrontmatter = (
  shape: Shape,
  document: StoredDocument,
  now?: Date
): FrontmatterData => readKeys(shape.keys, document, { document, now });

/**
 * Replaces values with those of a file that say the same in another way: a path that refers to the
 * stored file of the media library.
 */
export function asWritten(
  shape: Shape,
  value: FrontmatterData,
  { written, document }: { written: FrontmatterData; document: StoredDocument }
): FrontmatterData {
  const kept = shape.leaves.filter(({ path, attribute, field }) =>
    field.isWrittenFor?.(getAt(written, path), getAt(document, attribute))
  );
  if (kept.length === 0) return value;
  const result = structuredClone(value);
  for (const { path } of kept) setAt(result, path, getAt(written, path));
  return result;
}

export const bodyOf = (shape: Shape, document: StoredDocument): string =>
  String(document[shape.body] ?? '');

/** Splits a validated file into values to store as they are and references to other documents. */
export function fromFrontmatter(
  shape: Shape,
  frontmatter: FrontmatterData,
  body: string
): DocumentContent {
  const attributes = writeKeys(shape.keys, frontmatter);
  attributes[shape.body] = body;
  const references = shape.leaves.flatMap(({ path, attribute, field }): Reference[] => {
    const value = getAt(frontmatter, path);
    const name = attribute.join('.');
    switch (field.kind) {
      case 'value':
      case 'state':
        return [];
      case 'media':
        return [{ kind: 'media', attribute: name, path: (value as string | undefined) ?? null }];
      case 'names': {
        const { target, nameAttribute, isSingle } = field as NamesField;
        const wanted = unique(isSingle ? [value ?? []].flat() : value);
        return [{ kind: 'names', attribute: name, target, nameAttribute, names: wanted, isSingle }];
      }
      case 'links': {
        const { target, slugAttribute } = field as LinksField;
        return [
          { kind: 'links', path, attribute: name, target, slugAttribute, slugs: unique(value) },
        ];
      }
      case 'entry': {
        const { content, overridden } = splitEntry(field as EntryField, value);
        Object.assign(attributes, overridden);
        return [
          {
            kind: 'entry',
            attribute: name,
            field: field as EntryField,
            content: value ? content : null,
          },
        ];
      }
    }
  });
  return { attributes, references };
}

/** Keeps the first of repeated items: a relation holds each target once. */
const unique = (items: unknown): string[] => [...new Set((items ?? []) as string[])];
