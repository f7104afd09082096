import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type YAMLError,
} from 'yaml';
import { splitFences } from './fences';
import { byPosition, START_OF_FILE, type Issue, type IssueCode, type Position } from './issue';

/** Deeper than any real frontmatter (4 levels), and far from what overflows a stack. */
const MAX_DEPTH = 32;
/** Nodes that aliases may stand for in all; a bomb of ten levels stands for billions. */
const MAX_ALIASED_NODES = 100;

export type FrontmatterPath = readonly (string | number)[];

/** A mapping read from YAML: keys in the order of the file. */
export type FrontmatterData = Record<string, unknown>;

export interface ParsedFile {
  data: FrontmatterData;
  /** Everything after the closing fence, line ends as LF. */
  body: string;
  /** Where the value of a path stands; for a path that is not there, its nearest parent. */
  positionOf: (path: FrontmatterPath) => Position;
  /** Where the key of a path stands, as opposed to its value. */
  positionOfKey: (path: FrontmatterPath) => Position;
}

export type ParseResult =
  { kind: 'parsed'; file: ParsedFile } | { kind: 'refused'; issues: Issue[] };

/**
 * Takes a markdown file with YAML frontmatter apart. Knows YAML 1.2 (core schema) and no shape:
 * `validate` compares the result with one. All problems are collected, none is thrown.
 */
export function parse(text: string): ParseResult {
  const fenced = splitFences(text);
  if (fenced.kind === 'refused') return { kind: 'refused', issues: [fenced.issue] };

  const lineCounter = new LineCounter();
  const place = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: line + fenced.linesBefore, column: col };
  };
  const document = parseYaml(fenced.frontmatter, lineCounter);
  if (document === 'too-deep') return { kind: 'refused', issues: [tooDeep(START_OF_FILE)] };

  const issues = [
    ...[...document.errors, ...document.warnings].map((error) => yamlIssue(error, place)),
    ...structureIssues(document, place),
  ].sort(byPosition);
  if (issues.length > 0) return { kind: 'refused', issues };

  const data = toPlainData(document);
  if (data === undefined) {
    return { kind: 'refused', issues: [aliasLimit(firstAliasPosition(document, place))] };
  }
  return {
    kind: 'parsed',
    file: {
      data,
      body: fenced.body.replace(/\r\n?/g, '\n'),
      ...positions(document, place),
    },
  };
}

type Place = (offset: number) => Position;

function parseYaml(source: string, lineCounter: LineCounter): Document.Parsed | 'too-deep' {
  try {
    return parseDocument(source, {
      lineCounter,
      prettyErrors: false,
      resolveKnownTags: false, // !!binary and the like would give values that are no JSON
      uniqueKeys: true,
      strict: true,
      version: '1.2',
    }) as Document.Parsed;
  } catch (error) {
    // The composer calls itself for each level; some thousand levels use up the stack.
    if (error instanceof RangeError) return 'too-deep';
    throw error;
  }
}

function yamlIssue(error: YAMLError, place: Place): Issue {
  const position = place(error.pos[0]);
  if (error.code === 'DUPLICATE_KEY') {
    return fileIssue('duplicate-key', position, 'this key stands twice: remove or rename one');
  }
  const tag = error.code === 'TAG_RESOLVE_FAILED';
  const advice = tag ? 'remove the tag' : 'check indentation, quotes and colons here';
  return fileIssue('invalid-yaml', position, `${lowerFirst(error.message)}: ${advice}`);
}

/** What is valid YAML and still not frontmatter. */
function structureIssues(document: Document.Parsed, place: Place): Issue[] {
  const issues: Issue[] = [];
  const { contents } = document;
  if (contents !== null && !isMap(contents)) {
    const empty = isScalar(contents) && contents.value === null;
    if (!empty) {
      const message = 'the frontmatter must consist of keys with values, such as title: My title';
      issues.push(fileIssue('invalid-type', place(contents.range[0]), message));
    }
  }
  visit(document, {
    Pair(_, pair) {
      if (isNode(pair.key) && !isScalar(pair.key)) {
        const message = 'a key must be plain text: put it in quotes';
        issues.push(fileIssue('invalid-type', place(pair.key.range?.[0] ?? 0), message));
      }
      if (isScalar(pair.key) && pair.key.value === '__proto__') {
        const message = 'a key must not be named __proto__: rename it';
        issues.push(fileIssue('forbidden-key', place(pair.key.range?.[0] ?? 0), message));
      }
    },
    Collection(_, node, ancestors) {
      if (ancestors.filter(isCollection).length < MAX_DEPTH) return undefined;
      issues.push(tooDeep(place(node.range?.[0] ?? 0)));
      return visit.SKIP;
    },
  });
  return issues;
}

function toPlainData(document: Document.Parsed): FrontmatterData | undefined {
  try {
    // A bare `null` is what YAML makes of frontmatter that holds only comments, or nothing.
    return (document.toJS({ maxAliasCount: MAX_ALIASED_NODES }) as FrontmatterData | null) ?? {};
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

function firstAliasPosition(document: Document.Parsed, place: Place): Position {
  let position = START_OF_FILE;
  visit(document, {
    Alias(_, node) {
      position = place(node.range?.[0] ?? 0);
      return visit.BREAK;
    },
  });
  return position;
}

function positions(
  document: Document.Parsed,
  place: Place
): Pick<ParsedFile, 'positionOf' | 'positionOfKey'> {
  const start = (node: unknown): Position | undefined =>
    isNode(node) && node.range ? place(node.range[0]) : undefined;

  const positionOfKey = (path: FrontmatterPath): Position => {
    const parent = nodeAt(document, path.slice(0, -1));
    const key = path.at(-1);
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key);
      const position = start(pair?.key);
      if (position) return position;
    }
    return positionOf(path);
  };
  const positionOf = (path: FrontmatterPath): Position => {
    if (path.length === 0) return START_OF_FILE;
    const node = nodeAt(document, path);
    const isEmpty = isScalar(node) && node.value === null;
    if (node && !isEmpty) return start(node) ?? START_OF_FILE;
    return isEmpty ? positionOfKey(path) : positionOfKey(path.slice(0, -1));
  };
  return { positionOf, positionOfKey };
}

function nodeAt(document: Document.Parsed, path: FrontmatterPath): Node | undefined {
  let node: unknown = document.contents;
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (!isCollection(node)) return undefined;
    node = node.get(key, true);
    if (isPair(node)) node = node.value;
  }
  return isNode(node) ? node : undefined;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const fileIssue = (code: IssueCode, position: Position, message: string): Issue => ({
  code,
  severity: 'error',
  path: '',
  ...position,
  message,
});

const tooDeep = (position: Position): Issue =>
  fileIssue('too-deep', position, `more than ${MAX_DEPTH} levels of nesting: flatten this value`);

const aliasLimit = (position: Position): Issue =>
  fileIssue(
    'alias-limit',
    position,
    `aliases stand for more than ${MAX_ALIASED_NODES} values: write the values out`
  );
