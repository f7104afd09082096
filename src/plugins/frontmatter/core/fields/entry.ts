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
import type { DocumentContext, Field, FieldOptions, StoredDocument } from './field';

/** Of an attribute of Strapi's type `string`. */
const MAX_STRING_LENGTH = 255;

export interface EntryField extends Field {
  kind: 'entry';
  target: string;
  keys: KeyTree;
  overrides: Readonly<Record<string, string>>;
  editorName?: EditorName | undefined;
}

/** An attribute that readers never see: a new entry gets it from the first of these keys with a value. */
export interface EditorName {
  attribute: string;
  from: readonly string[];
}

export interface EntryOptions extends FieldOptions {
  /** Content type of the entry. It may be shared by any number of documents. */
  target: string;
  /** Keys of the group, kept in attributes of the entry. */
  keys: KeyTree;
  /** Key path within the group → attribute of the *document* that replaces it, if it holds a text. */
  overrides?: Readonly<Record<string, string>>;
  /** Attributes of the document that texts of the entry may name: `{briefTitle}`. */
  placeholders?: readonly string[];
  /** How an entry that an import creates is called in the panel. */
  editorName?: EditorName;
  /** Attributes of the entry that hold the moments between which it is shown, either may be empty. */
  window?: { startsAt: string; endsAt: string };
}

/** A group of keys that lives in an entry of its own, such as a sponsor on many roadmaps. */
export function entry(options: EntryOptions): EntryField {
  const { target, keys, overrides = {}, placeholders = [], window, editorName } = options;
  const nested = populateOf(keys);
  return {
    kind: 'entry',
    required: options.required ?? false,
    attribute: options.attribute,
    target,
    keys,
    overrides,
    editorName,
    schema: schemaOf(keys),
    populate: Object.keys(nested).length > 0 ? { populate: nested } : true,
    parse(stored, context) {
      if (!stored || (window && context.now && !isOpen(stored, window, context.now)))
        return undefined;
      const value = readKeys(keys, stored, context);
      for (const [path, attribute] of Object.entries(overrides)) {
        const replacement = context.document[attribute];
        if (replacement) setAt(value, path.split('.'), replacement);
      }
      for (const { path } of leavesOf(keys)) {
        const text = getAt(value, path);
        if (typeof text === 'string') setAt(value, path, fill(text, placeholders, context));
      }
      return Object.keys(value).length > 0 ? value : undefined;
    },
  };
}

/** The content of an entry that is there already, comparable with what `splitEntry` makes of a file. */
export const contentOfEntry = (
  field: EntryField,
  stored: StoredDocument
): Record<string, unknown> =>
  splitEntry(field, readKeys(field.keys, stored, { document: stored })).content;

/** Attributes of a new entry: its content and the name for editors. */
export function newEntry(
  field: EntryField,
  content: Record<string, unknown>
): Record<string, unknown> {
  const { editorName } = field;
  if (!editorName) return content;
  const name = editorName.from.map((attribute) => content[attribute]).find(Boolean);
  return { ...content, [editorName.attribute]: String(name ?? '').slice(0, MAX_STRING_LENGTH) };
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
  for (const [path, attribute] of Object.entries(field.overrides)) {
    overridden[attribute] = getAt(value, path.split('.')) ?? null;
    if (getAt(kept, path.split('.')) !== undefined) {
      setAt(kept as Record<string, unknown>, path.split('.'), undefined);
    }
  }
  return { content: writeKeys(field.keys, kept), overridden };
}

function isOpen(stored: unknown, window: { startsAt: string; endsAt: string }, now: Date): boolean {
  const startsAt = getAt(stored, [window.startsAt]);
  const endsAt = getAt(stored, [window.endsAt]);
  const hasStarted = !startsAt || new Date(String(startsAt)) <= now;
  const hasEnded = Boolean(endsAt) && new Date(String(endsAt)) <= now;
  return hasStarted && !hasEnded;
}

function fill(text: string, placeholders: readonly string[], context: DocumentContext): string {
  return placeholders.reduce(
    (filled, name) => filled.replaceAll(`{${name}}`, () => String(context.document[name] ?? '')),
    text
  );
}
