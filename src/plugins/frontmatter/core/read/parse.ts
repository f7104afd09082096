import { LineCounter, parseDocument, type Document } from 'yaml';
import { START_OF_FILE, type Issue, type Position } from '../issue';
import { splitFences, withLineFeeds } from './fences';
import { explainMistakes } from './mistakes';
import { createLocator, type Locator, type Place } from './positions';
import {
  aliasLimit,
  firstAliasPosition,
  MAX_ALIASES,
  structureIssues,
  tooDeep,
  yamlIssue,
} from './structure';

/** More than anyone reads at once; a text that is not YAML has one in each line. */
export const MAX_MISTAKES = 100;

/** A mapping read from YAML: keys in the order of the file. */
export type FrontmatterData = Record<string, unknown>;

export interface ParsedFile {
  data: FrontmatterData;
  /** Everything after the closing fence, with LF line endings. */
  body: string;
  /** Position of a path, or of its nearest parent if it does not exist. */
  positionOf: Locator;
  source: ParsedSource;
}

/** The input of `patch`: the text of a file and the YAML tree, with tokens, of its frontmatter. */
export interface ParsedSource {
  /** The whole file, unchanged. */
  text: string;
  /** The lines between the fences, including line endings. */
  yaml: string;
  /** Where `yaml` begins in `text`; positions in `document` are relative to it. */
  yamlStart: number;
  /** Where the body begins in `text`. */
  bodyStart: number;
  document: Document.Parsed;
  /** Line and column in the file for an offset into `yaml`. */
  place: Place;
}

export type ParseResult =
  { kind: 'parsed'; file: ParsedFile } | { kind: 'refused'; issues: Issue[] };

/**
 * Parses a markdown file with YAML frontmatter. Knows YAML 1.2 (core schema) but no shape:
 * `validate` compares the result with one. Collects all problems and throws none.
 */
export function parse(text: string): ParseResult {
  const fenced = splitFences(text);
  if (fenced.kind === 'refused') return { kind: 'refused', issues: [fenced.issue] };

  const lineCounter = new LineCounter();
  const place: Place = (offset): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: line + fenced.linesBefore, column: col };
  };
  const document = parseYaml(fenced.frontmatter, lineCounter);
  if (!document) return { kind: 'refused', issues: [tooDeep(START_OF_FILE)] };
  const structure = structureIssues(document, place);
  const mistakes = [...document.errors, ...document.warnings].slice(0, MAX_MISTAKES);
  const syntax = mistakes.map((error) => yamlIssue(error, place));
  // Beyond some depth the parser gives up, and each level that it left open looks like an error.
  const depth = [...structure, ...syntax].find((issue) => issue.code === 'too-deep');
  if (depth) return { kind: 'refused', issues: [depth] };

  const yaml = fenced.frontmatter;
  const issues = explainMistakes([...syntax, ...structure], { document, yaml, place });
  if (issues.length > 0) return { kind: 'refused', issues };

  const data = toPlainData(document);
  if (data === undefined) {
    return { kind: 'refused', issues: [aliasLimit(firstAliasPosition(document, place))] };
  }
  return {
    kind: 'parsed',
    file: {
      data,
      body: withLineFeeds(fenced.body),
      positionOf: createLocator(document, place),
      source: {
        text,
        yaml,
        yamlStart: text.indexOf('\n') + 1,
        bodyStart: text.length - fenced.body.length,
        document,
        place,
      },
    },
  };
}

function parseYaml(source: string, lineCounter: LineCounter): Document.Parsed | undefined {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0; // the parser creates an error per mistake, and nobody reads its stack
  try {
    return parseDocument(source, {
      keepSourceTokens: true,
      lineCounter,
      prettyErrors: false,
      resolveKnownTags: false, // !!binary and the like would result in values that are not JSON
      strict: true,
      uniqueKeys: false, // compares each key with every other; structureIssues looks them up
      version: '1.2',
    }) as Document.Parsed;
  } catch (error) {
    // A few thousand levels overflow the stack: the parser calls itself for each.
    if (error instanceof RangeError) return undefined;
    throw error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function toPlainData(document: Document.Parsed): FrontmatterData | undefined {
  try {
    // Frontmatter that is empty or holds only comments is a bare `null` in YAML.
    return (document.toJS({ maxAliasCount: MAX_ALIASES }) as FrontmatterData | null) ?? {};
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}
