import {
  getAt,
  leavesOf,
  populateOf,
  readKeys,
  schemaOf,
  setAt,
  writeKeys,
  type KeyTree,
} from '../tree';
import type { ShownBetween } from '../schedule';
import { toOne } from './references';
import type { DocumentContext, Field, FieldOptions } from './field';
import { MAX_STRING_LENGTH } from './values';

export interface EntryField extends Field {
  kind: 'entry';
  target: string;
  keys: KeyTree;
  overrides: Overrides;
  editorName?: EditorName | undefined;
  window?: Window | undefined;
}

/** Attributes of the entry that hold the moments between which it is shown; either may be empty. */
export interface Window {
  startsAt: string;
  endsAt: string;
}

/** An attribute that readers never see, set in a new entry from the first of these with a value. */
export interface EditorName {
  attribute: string;
  from: readonly string[];
}

/** Texts that differ from document to document, by key path within the group. */
export type Overrides = Readonly<
  Record<
    string,
    {
      /** Attribute of the *document* that replaces the entry's text, if it holds one. */
      attribute: string;
      /** Attributes of the document that the entry's text may refer to: `{briefTitle}`. */
      placeholders: readonly string[];
    }
  >
>;

export interface EntryOptions extends FieldOptions {
  /** Content type of the entry. It may be shared by any number of documents. */
  target: string;
  /** Keys of the group, kept in attributes of the entry. */
  keys: KeyTree;
  overrides?: Overrides;
  /** The name that an entry created by an import has in the panel. */
  editorName?: EditorName;
  window?: Window;
}

/** Declares a group of keys stored in a separate entry, such as an advertisement on many pages. */
export function entry(options: EntryOptions): EntryField {
  const { target, keys, overrides = {}, window, editorName } = options;
  const nested = populateOf(keys);
  return {
    kind: 'entry',
    name: 'entry',
    storage: toOne(target),
    required: options.required ?? false,
    attribute: options.attribute,
    description: options.description,
    target,
    keys,
    overrides,
    editorName,
    window,
    schema: schemaOf(keys),
    populate: Object.keys(nested).length > 0 ? { populate: nested } : true,
    parse(stored, context) {
      const isClosed = window && context.now && !isOpen(stored, window, context.now);
      if (!stored || isClosed) return undefined;
      const value = readKeys(keys, withOverrides(stored, keys, overrides, context), context);
      return Object.keys(value).length > 0 ? value : undefined;
    },
  };
}

/** Returns the attributes of a new entry: its content and the name for editors. */
export function newEntry(
  field: EntryField,
  content: Record<string, unknown>
): Record<string, unknown> {
  const { editorName } = field;
  if (!editorName) return content;
  const name = editorName.from.map((attribute) => content[attribute]).find(Boolean);
  return {
    ...content,
    [editorName.attribute]: String(name ?? '')
      .slice(0, MAX_STRING_LENGTH)
      .toWellFormed(),
  };
}

/** Splits the value of a group in a file into what the entry holds and what the document holds. */
export function splitEntry(
  field: EntryField,
  value: unknown
): {
  /** Attributes of the entry, without what the document overrides. */
  content: Record<string, unknown>;
  /** Attributes of the document. */
  overridden: Record<string, unknown>;
} {
  const kept = structuredClone(value);
  const overridden: Record<string, unknown> = {};
  for (const [path, { attribute }] of Object.entries(field.overrides)) {
    overridden[attribute] = getAt(value, path.split('.')) ?? null;
    if (getAt(kept, path.split('.')) !== undefined) {
      setAt(kept as Record<string, unknown>, path.split('.'), undefined);
    }
  }
  return { content: writeKeys(field.keys, kept), overridden };
}

/** Returns problems of an entry by attribute: a window that never opens, unknown placeholders. */
export function entryProblems(
  { keys, overrides, window }: EntryField,
  stored: unknown
): { path: string[]; message: string }[] {
  const labels = leavesOf(keys).flatMap(({ path, attribute }) => {
    const override = overrides[path.join('.')];
    const text = getAt(stored, attribute);
    if (!override || typeof text !== 'string') return [];
    const known = override.placeholders.map((name) => `{${name}}`);
    const unknown = [...text.matchAll(PLACEHOLDER)].map(([whole]) => whole);
    return unknown
      .filter((placeholder) => !known.includes(placeholder))
      .map((placeholder) => ({
        path: attribute.map(String),
        message: `${placeholder} is not a known placeholder: use ${known.join(', ') || 'none'}`,
      }));
  });
  return [...labels, ...(window ? windowProblems(window, stored) : [])];
}

function windowProblems({ startsAt, endsAt }: Window, stored: unknown) {
  const shown = shownBetween({ startsAt, endsAt }, stored);
  // Strapi itself rejects what is not a moment.
  if (!(shown.startsAt && shown.endsAt && shown.startsAt >= shown.endsAt)) return [];
  return [
    { path: [endsAt], message: `"${wordsOf(endsAt)}" must be later than "${wordsOf(startsAt)}"` },
  ];
}

/** Returns the label of an attribute in forms: `Ends at` for `endsAt`. */
const wordsOf = (attribute: string): string =>
  attribute.charAt(0).toUpperCase() +
  attribute.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Returns when an entry is shown. */
export const shownBetween = ({ startsAt, endsAt }: Window, stored: unknown): ShownBetween => ({
  startsAt: momentOf(getAt(stored, [startsAt])),
  endsAt: momentOf(getAt(stored, [endsAt])),
});

/** Reads a moment as Strapi accepts it: ISO 8601, milliseconds or a `Date`. */
function momentOf(stored: unknown): Date | undefined {
  if (stored === null || stored === undefined || stored === '') return undefined;
  return new Date(stored as string | number | Date);
}

const PLACEHOLDER = /\{(\w+)\}/g;

function isOpen(stored: unknown, window: Window, now: Date): boolean {
  const { startsAt, endsAt } = shownBetween(window, stored);
  const hasEnded = endsAt !== undefined && endsAt <= now;
  return (!startsAt || startsAt <= now) && !hasEnded;
}

/** Returns the entry as one document shows it. */
function withOverrides(
  stored: unknown,
  keys: KeyTree,
  overrides: Overrides,
  context: DocumentContext
): unknown {
  const shown = structuredClone(stored) as Record<string, unknown>;
  for (const leaf of leavesOf(keys)) {
    const override = overrides[leaf.path.join('.')];
    if (!override) continue;
    const text = getAt(stored, leaf.attribute);
    const own = context.document[override.attribute];
    const filled = typeof text === 'string' ? fill(text, override.placeholders, context) : text;
    setAt(shown, leaf.attribute, own || filled);
  }
  return shown;
}

const fill = (text: string, placeholders: readonly string[], context: DocumentContext): string =>
  text.replace(PLACEHOLDER, (whole, name: string) =>
    placeholders.includes(name) ? String(context.document[name] ?? '') : whole
  );
