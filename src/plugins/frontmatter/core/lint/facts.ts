import { quote } from '../fields/field';
import type { EntryField } from '../fields/entry';
import type { LinksField } from '../fields/references';
import { urlProblem, type TextField } from '../fields/values';
import { issueAt, type Issue, type Position } from '../issue';
import type { ParsedFile } from '../read/parse';
import type { Shape } from '../shape';
import { getAt, leavesOf, type Leaf } from '../tree';
import { isLintRule, MAX_DESCRIPTION_LENGTH, MAX_TITLE_LENGTH, type LintRule } from './rules';

/** A link as it is stored, even if readers do not get it at the moment. */
export interface KeptLink {
  /** Dotted path of the list that holds it. */
  path: string;
  slug: string;
  state: 'published' | 'unpublished' | 'pending';
}

export interface LintInput {
  slug: string;
  file: ParsedFile;
  /** Issues found while reading the file. */
  notes: readonly Issue[];
  links: readonly KeptLink[];
  /** `YYYY-MM-DD`, in the configured time zone. */
  today: string;
}

/** Everything that the rules need to know about a document: its text need not be kept. */
export interface LintFacts {
  slug: string;
  documentId?: string;
  /** Findings that depend on the document alone. */
  issues: Issue[];
  links: (KeptLink & {
    position: Position;
    /** Whether it leads to another collection, whose documents are not checked. */
    isElsewhere?: boolean;
  })[];
  isHidden: boolean;
  place?: { order: number; lists: string[]; path: string; position: Position };
}

export function factsOf(shape: Shape, input: LintInput): LintFacts {
  const { slug, file, notes, links } = input;
  const place = placeOf(shape, file);
  const { hidden } = shape.lint ?? {};
  return {
    slug,
    issues: [
      ...notes.filter(({ code }) => isLintRule(code)),
      ...longTexts(shape, file),
      ...futureDates(shape, input),
      ...wrongUrls(shape.leaves, [], file),
    ],
    links: links.map((link) => ({
      ...link,
      position: positionOfLink(file, link),
      isElsewhere: leadsElsewhere(shape, link.path),
    })),
    isHidden: hidden !== undefined && getAt(file.data, hidden.split('.')) === true,
    ...(place && { place }),
  };
}

/** Whether the links of a key lead to documents of another collection. */
const leadsElsewhere = ({ leaves, contentType }: Shape, path: string): boolean =>
  leaves.some(
    (leaf) =>
      leaf.path.join('.') === path &&
      leaf.field.kind === 'links' &&
      (leaf.field as LinksField).target !== contentType
  );

/** Creates a finding, which does not keep a file out of the CMS. */
export const finding = (code: LintRule, path: string, position: Position, message: string): Issue =>
  issueAt(code, position, message, { path: [path], severity: 'note' });

function longTexts(shape: Shape, file: ParsedFile): Issue[] {
  const { titles = [], descriptions = [] } = shape.lint ?? {};
  const check = (rule: LintRule, limit: number) => (path: string) => {
    const value = getAt(file.data, path.split('.'));
    // Readers count characters, and an emoji is one.
    const length = typeof value === 'string' ? [...value].length : 0;
    if (length <= limit) return [];
    const message = `${length} characters: search engines show about ${limit}, the rest is cut off`;
    return [finding(rule, path, file.positionOf(path.split('.')).value, message)];
  };
  return [
    ...titles.flatMap(check('long-title', MAX_TITLE_LENGTH)),
    ...descriptions.flatMap(check('long-description', MAX_DESCRIPTION_LENGTH)),
  ];
}

function futureDates({ leaves, dates }: Shape, { file, today }: LintInput): Issue[] {
  const attributes = dates ? [dates.published, dates.modified] : [];
  return leaves.flatMap(({ path, attribute }) => {
    const value = getAt(file.data, path);
    const isFuture =
      attributes.includes(attribute.join('.')) && typeof value === 'string' && value > today;
    if (!isFuture) return [];
    const message = `${quote(value)} is in the future: readers would see a change that was not made yet`;
    return [finding('future-date', path.join('.'), file.positionOf(path).value, message)];
  });
}

/** Also checks entries, such as the address of an advertisement. */
function wrongUrls(leaves: readonly Leaf[], parents: readonly string[], file: ParsedFile): Issue[] {
  return leaves.flatMap(({ path: own, field }) => {
    const path = [...parents, ...own];
    if (field.kind === 'entry') return wrongUrls(leavesOf((field as EntryField).keys), path, file);
    const value = getAt(file.data, path);
    if (!(field as TextField).isUrl || typeof value !== 'string' || value === '') return [];
    const problem = urlProblem(value);
    if (problem === undefined) return [];
    const message = `${quote(value)} ${problem}`;
    return [finding('invalid-url', path.join('.'), file.positionOf(path).value, message)];
  });
}

function placeOf(shape: Shape, file: ParsedFile): LintFacts['place'] {
  if (!shape.lint?.order) return undefined;
  const { path, lists } = shape.lint.order;
  const order = getAt(file.data, path.split('.'));
  const names = getAt(file.data, lists.split('.'));
  if (typeof order !== 'number' || !Array.isArray(names)) return undefined;
  const position = file.positionOf(path.split('.')).value;
  return { order, lists: [...new Set(names.map(String))], path, position };
}

/** Returns the position of the item in the list, or of the list if readers do not get the item. */
function positionOfLink(file: ParsedFile, { path, slug }: KeptLink): Position {
  const steps = path.split('.');
  const items = getAt(file.data, steps);
  const index = Array.isArray(items) ? items.indexOf(slug) : -1;
  return file.positionOf(index < 0 ? steps : [...steps, index]).value;
}
