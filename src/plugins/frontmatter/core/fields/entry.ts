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

/** An attribute that readers never see: a new entry gets it from the first of these keys with a value. */
export interface EditorName {
  attribute: string;
  from: readonly string[];
}

/** By key path within the group: texts that differ from document to document. */
export type Overrides = Readonly<
  Record<
    string,
    {
      /** Attribute of the *document* that replaces the entry's text, if it holds one. */
      attribute: string;
      /** Attributes of the document that the entry's text may name: `{briefTitle}`. */
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
  /** How an entry that an import creates is called in the panel. */
  editorName?: EditorName;
  window?: Window;
}

/** A group of keys that lives in an entry of its own, such as an advertisement on many pages. */
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

/** Attributes of a new entry: its content and the name for editors. */
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

/** What an entry and its document hold for the group as it stands in a file. */
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

/** What is wrong with an entry, by attribute: a window that never opens, a placeholder nobody fills. */
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
        message: `${placeholder} is not a known placeholder: there is ${known.join(', ') || 'no placeholder'}`,
      }));
  });
  return [...labels, ...(window ? windowProblems(window, stored) : [])];
}

function windowProblems({ startsAt, endsAt }: Window, stored: unknown) {
  const shown = shownBetween({ startsAt, endsAt }, stored);
  // What is no moment at all is refused by Strapi itself.
  if (!(shown.startsAt && shown.endsAt && shown.startsAt >= shown.endsAt)) return [];
  return [
    { path: [endsAt], message: `"${wordsOf(endsAt)}" must be later than "${wordsOf(startsAt)}"` },
  ];
}

/** `endsAt` as forms call it: `Ends at`. */
const wordsOf = (attribute: string): string =>
  attribute.charAt(0).toUpperCase() +
  attribute.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** When an entry is shown. */
export const shownBetween = ({ startsAt, endsAt }: Window, stored: unknown): ShownBetween => ({
  startsAt: momentOf(getAt(stored, [startsAt])),
  endsAt: momentOf(getAt(stored, [endsAt])),
});

/** As Strapi takes one: ISO 8601, milliseconds or a `Date`. */
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

/** The entry as one document shows it. */
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
