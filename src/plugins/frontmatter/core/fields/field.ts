import type { z } from 'zod';
import { escapeControls, type IssueCode } from '../issue';

/** What a field may look at besides its own stored value. */
export interface DocumentContext {
  /** The whole document, populated as `populateOf` says. */
  document: StoredDocument;
  /** The moment to render for; decides windows. Without it every window counts as open. */
  now?: Date | undefined;
}

/** A document as Strapi's Document Service gives it, populated. */
export type StoredDocument = Record<string, unknown>;

/** Strapi's `populate` for one attribute, as `strapi.db.query` takes it. */
export type Populate = true | { select: string[] } | { populate: Record<string, Populate> };

/** The attribute that a field needs. */
export interface Storage {
  /** Strapi's types of attributes that keep its values as they are. */
  types: readonly string[];
  /** What `schema.json` says of a new one. */
  declaration: Readonly<Record<string, unknown>>;
}

/**
 * How one key of the frontmatter is kept in an attribute. `undefined` is the only way to say
 * that a key is absent; what Strapi stores for it (`null`, `''`, `[]`) stays inside the field.
 */
export interface Field {
  kind: 'value' | 'names' | 'links' | 'entry' | 'media' | 'state';
  /** The function that declares it: `text`. */
  name: string;
  storage: Storage;
  required: boolean;
  /** What the key means, for readers of the JSON Schema. */
  description?: string | undefined;
  /** Dotted path of the attribute from the document's root; without it, the path of the key. */
  attribute?: string | undefined;
  /**
   * What a file may hold under the key; carries the messages. What a refinement demands is said
   * once more in `meta`, in terms of JSON Schema, which sees no code.
   */
  schema: z.ZodType;
  populate?: Populate;
  /** Stored → frontmatter. */
  parse(stored: unknown, context: DocumentContext): unknown;
  /** Frontmatter → stored. References (`names`, `links`, `entry`) are resolved by the importer instead. */
  serialize?(value: unknown): unknown;
  /** What two publications compare to tell whether readers get something else; without it, `parse`. */
  comparable?(stored: unknown, context: DocumentContext): unknown;
  /** Whether two values of files say the same, `undefined` for an absent one; without it, equal values do. */
  isSame?(one: unknown, other: unknown): boolean;
  /** Whether a value of a file stands for what is stored: then it stays as it is written. */
  isWrittenFor?(written: unknown, stored: unknown): boolean;
  /** A new value in the form of the one that it replaces in a file. */
  writtenLike?(value: unknown, old: unknown): unknown;
}

export interface FieldOptions {
  required?: boolean;
  attribute?: string;
  description?: string;
}

/** Carries our code through a zod issue, whose own codes are too coarse for ours. */
export const coded = (
  code: IssueCode,
  message: string
): { message: string; params: { code: IssueCode } } => ({ message, params: { code } });

/** Describes a value of a file the way its author sees it. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'string') return `the text ${quote(value)}`;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return `the value ${value}`;
  return Array.isArray(value) ? 'a list' : 'a group of keys';
}

const MAX_QUOTED_LENGTH = 40;

/** Text of a file within a message: in quotes, on one line, and not all of a long one. */
export function quote(text: string): string {
  const cut = text.length > MAX_QUOTED_LENGTH ? `${text.slice(0, MAX_QUOTED_LENGTH)}…` : text;
  return `'${escapeControls(cut).toWellFormed()}'`;
}
