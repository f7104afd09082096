import type { z } from 'zod';
import type { EntryField } from './fields/entry';
import type { LintRule } from './lint/rules';
import type { FrontmatterData } from './read/parse';
import { getAt, leavesOf, schemaOf, type KeyTree, type Leaf } from './tree';

/** Paths of the API, which cannot be names of collections. */
const RESERVED_COLLECTIONS = [
  'changes',
  'import',
  'export',
  'schemas',
  'archive',
  'openapi.json',
  'metrics',
  'redirects',
  'preview',
];

/** Attributes that hold the dates of a document, and what moves them. */
export interface DateRules {
  /** Attribute with the day of the first publication, `YYYY-MM-DD`. */
  published: string;
  /** Attribute with the day of the last change that readers get, `YYYY-MM-DD`. */
  modified: string;
  /** Attribute with a date that is used once instead of today. */
  override: string;
  /** Attribute that, while true, keeps the next publication from moving the date. */
  minorEdit: string;
  /** Paths of frontmatter keys (or the body attribute) whose change moves `modified`. */
  relevant: readonly string[];
}

/** What `lint` needs to know about a shape, by paths of frontmatter keys. */
export interface LintHints {
  /** Keys that search engines show as a title. */
  titles?: readonly string[];
  /** Keys that they show below it. */
  descriptions?: readonly string[];
  /** Key with the flag of documents that no list shows. */
  hidden?: string;
  /** Rules that are switched off. */
  off?: readonly LintRule[];
  /** Keys with a document's position, and with the names of the lists that show it there. */
  order?: { path: string; lists: string };
}

export interface ShapeDeclaration {
  /** Public name: `/api/frontmatter/<collection>`. */
  collection: string;
  /** Uid of the content type, which has draft & publish. */
  contentType: string;
  /** Attribute with the slug, which is the file's name and not a key of the frontmatter. */
  slug: string;
  /** Attribute with the markdown after the frontmatter. */
  body: string;
  /** Private attribute with the last imported text of the file; empty if made in the CMS. */
  source: string;
  /** Attribute by which lists are sorted by default, smallest first; without it, by slug. */
  order?: string;
  /** Path of the key with the names by which consumers, such as deploy hooks, select documents. */
  tags?: string;
  /** Files of the shape in a folder, in order of precedence; `{slug}` stands for the slug. */
  files: readonly string[];
  /** In canonical order. */
  keys: KeyTree;
  /** Without it, the CMS keeps no dates for the documents. */
  dates?: DateRules;
  lint?: LintHints;
}

/** A key at the top of the frontmatter. */
export interface TopKey {
  name: string;
  required: boolean;
}

/** The declared mapping content type ⇄ frontmatter, with what is derived from it. */
export interface Shape extends ShapeDeclaration {
  topKeys: readonly TopKey[];
  leaves: readonly Leaf[];
  schema: z.ZodType;
}

/**
 * Declares how documents of a content type look as frontmatter. Everything else is derived from it.
 *
 * @throws Error if the collection's name is reserved, a file name has no slug, a rule names an
 * unknown key, or a key cannot be stored.
 */
export function defineShape(declaration: ShapeDeclaration): Shape {
  const { collection, keys, dates, body, files } = declaration;
  if (RESERVED_COLLECTIONS.includes(collection)) {
    throw new Error(`The collection name '${collection}' is reserved: choose another one`);
  }
  const odd = files.find((file) => !/^[^{}]*\{slug\}([^{}]|\{slug\})*\.md$/.test(file));
  if (odd !== undefined) {
    throw new Error(
      `'${odd}' cannot name the files of '${collection}': write a path that ends in .md, with {slug} and no other placeholder`
    );
  }
  const leaves = leavesOf(keys);
  const known = new Set([body, ...leaves.map((leaf) => leaf.path.join('.'))]);
  const named = {
    'dates.relevant': dates?.relevant ?? [],
    tags: declaration.tags === undefined ? [] : [declaration.tags],
    lint: pathsOfHints(declaration.lint),
  };
  for (const [rule, paths] of Object.entries(named)) {
    const unknown = paths.filter((path) => !known.has(path));
    if (unknown.length === 0) continue;
    throw new Error(`${rule} of '${collection}' names unknown keys: ${unknown.join(', ')}`);
  }
  for (const leaf of leaves) {
    assertStorable(leaf);
    if (leaf.field.kind === 'entry') assertPlainEntry(leaf);
  }
  const topKeys = Object.entries(keys).map(([name, node]) => ({
    name,
    required: node.kind !== 'group' && node.required,
  }));
  return { ...declaration, topKeys, leaves, schema: schemaOf(keys) };
}

/** The key that says whether a document is a draft. */
export const stateLeafOf = ({ leaves }: Pick<Shape, 'leaves'>): Leaf | undefined =>
  leaves.find(({ field }) => field.kind === 'state');

/** Whether a file says that its document is a draft. */
export function isDraftFile(shape: Pick<Shape, 'leaves'>, data: FrontmatterData): boolean {
  const leaf = stateLeafOf(shape);
  return leaf?.field.isSame?.(getAt(data, leaf.path), undefined) === false;
}

/**
 * Returns the possible paths of a document's file in a folder, separated by `/`; a new file is
 * created at the first one.
 */
export const fileNames = ({ files }: Pick<Shape, 'files'>, slug: string): string[] =>
  files.map((pattern) => pattern.replaceAll('{slug}', slug));

function pathsOfHints({ titles = [], descriptions = [], hidden, order }: LintHints = {}): string[] {
  const single = [hidden, order?.path, order?.lists].flatMap((path) => path ?? []);
  return [...titles, ...descriptions, ...single];
}

/** A value fits in an attribute or its component; what Strapi must populate, in an attribute. */
function assertStorable({ path, attribute, field }: Leaf): void {
  const depth = field.populate ? 1 : 2;
  if (attribute.length <= depth) return;
  throw new Error(
    `The key '${path.join('.')}' cannot be stored in '${attribute.join('.')}': give it an attribute ${depth === 1 ? 'of the document itself' : 'of at most two levels'}`
  );
}

function assertPlainEntry({ path, field }: Leaf): void {
  for (const leaf of leavesOf((field as EntryField).keys)) {
    assertStorable(leaf);
    if (leaf.field.kind === 'value') continue;
    throw new Error(
      `The key '${[...path, ...leaf.path].join('.')}' refers to others: an entry holds values only`
    );
  }
}
