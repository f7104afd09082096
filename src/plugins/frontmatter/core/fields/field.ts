import type { z } from 'zod';
import { escapeControls, type IssueCode } from '../issue';

/** What a field may read in addition to its own stored value. */
export interface DocumentContext {
  /** The whole document, populated as `populateOf` says. */
  document: StoredDocument;
  /** The moment to render for; decides which windows are open. Without it, all are. */
  now?: Date | undefined;
}

/** A document as Strapi's Document Service returns it, populated. */
export type StoredDocument = Record<string, unknown>;

/** Strapi's `populate` for one attribute, as `strapi.db.query` accepts it. */
export type Populate = true | { select: string[] } | { populate: Record<string, Populate> };

/** The attribute that a field needs. */
export interface Storage {
  /** Strapi attribute types that store its values as they are. */
  types: readonly string[];
  /** Declaration of a new attribute in `schema.json`. */
  declaration: Readonly<Record<string, unknown>>;
}

/**
 * How one key of the frontmatter is stored in an attribute. An absent key is always `undefined`;
 * what Strapi stores for it (`null`, `''`, `[]`) stays inside the field.
 */
export interface Field {
  kind: 'value' | 'names' | 'links' | 'entry' | 'media' | 'state';
  /** Name of the function that declares it: `text`. */
  name: string;
  storage: Storage;
  required: boolean;
  /** What the key means, for readers of the JSON Schema. */
  description?: string | undefined;
  /** Dotted path of the attribute from the document's root; without it, the path of the key. */
  attribute?: string | undefined;
  /**
   * What a file may hold under the key, with the error messages. `meta` repeats what a refinement
   * requires in terms of JSON Schema, which cannot express code.
   */
  schema: z.ZodType;
  populate?: Populate;
  /** Stored → frontmatter. */
  parse(stored: unknown, context: DocumentContext): unknown;
  /** Frontmatter → stored. The importer resolves references (`names`, `links`, `entry`) instead. */
  serialize?(value: unknown): unknown;
  /** What publications compare to know whether readers get something else; without it, `parse`. */
  comparable?(stored: unknown, context: DocumentContext): unknown;
  /** Whether two values of files mean the same (`undefined`: absent); without it, equal ones do. */
  isSame?(one: unknown, other: unknown): boolean;
  /** Whether a value in a file refers to what is stored: then it stays as written. */
  isWrittenFor?(written: unknown, stored: unknown): boolean;
  /** Returns a new value in the form of the one that it replaces in a file. */
  writtenLike?(value: unknown, old: unknown): unknown;
}

export interface FieldOptions {
  required?: boolean;
  attribute?: string;
  description?: string;
}

/** Carries our code through a zod issue, whose own codes are too coarse. */
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

/** Quotes text of a file in a message: on one line, and truncated if it is long. */
export function quote(text: string): string {
  const cut = text.length > MAX_QUOTED_LENGTH ? `${text.slice(0, MAX_QUOTED_LENGTH)}…` : text;
  return `'${escapeControls(cut).toWellFormed()}'`;
}
