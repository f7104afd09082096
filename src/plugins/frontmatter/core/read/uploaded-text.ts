import { issueAt, positionAt, START_OF_FILE, type Issue, type Position } from '../issue';
import type { Values } from '../meaning';
import { parseOrThrow, patchParsed } from '../patch';
import { render } from '../render';
import type { Shape } from '../shape';
import { decode } from './decode';
import { splitFences } from './fences';
import { findJsonError } from './json-syntax';
import type { FrontmatterData, ParsedFile } from './parse';
import { readText } from './read';
import { readNamed } from './read-named';
import { withUnknownKeys } from './unknown-values';

/** Formats of a sent document: a markdown file, the lines between its fences, or their values. */
export const UPLOAD_FORMATS = ['md', 'yaml', 'json'] as const;
export type UploadFormat = (typeof UPLOAD_FORMATS)[number];

export type Upload =
  | {
      kind: 'valid';
      /** Notes only, no errors. */
      issues: Issue[];
      /**
       * Returns the intended markdown file. YAML and JSON have no body, so the body of the document
       * stays. JSON changes no line of the file whose value it does not change.
       *
       * @param current The file as the CMS serves it, if there is one.
       */
      toFile(current: ParsedFile | undefined): ParsedFile;
      /** Moves an issue of that file to its position in what was sent. */
      place(issue: Issue): Issue;
    }
  | { kind: 'invalid'; issues: Issue[] };

/** The opening fence, which is not part of YAML or JSON. */
const LINES_BEFORE = 1;
const BYTE_ORDER_MARK = '\uFEFF';

/** Reads and checks what was sent for a document; positions refer to what was sent. */
export function readUpload(
  shape: Shape,
  { slug, format, bytes }: { slug: string; format: UploadFormat; bytes: Uint8Array }
): Upload {
  if (format === 'md') {
    const read = readNamed(shape, { slug, bytes });
    if (read.kind === 'invalid') return read;
    const { issues, file } = read;
    return { kind: 'valid', issues, toFile: () => file, place: (issue) => issue };
  }
  const decoded = decode(bytes);
  if (decoded.kind === 'refused') return { kind: 'invalid', issues: decoded.issues };
  // Some editors begin a file with it; in the frontmatter it would become part of the first key.
  const text = decoded.text.startsWith(BYTE_ORDER_MARK) ? decoded.text.slice(1) : decoded.text;
  const syntax = format === 'json' ? jsonIssue(text) : fenceIssue(text);
  if (syntax) return { kind: 'invalid', issues: [syntax] };

  const read = readText(shape, fence(text, undefined)); // JSON is YAML
  const issues = read.issues.map((issue) => ({ ...issue, ...asSent(issue) }));
  if (read.kind === 'invalid') return { kind: 'invalid', issues };
  const { data, positionOf } = read.file;
  return {
    kind: 'valid',
    issues,
    toFile: (current) =>
      format === 'yaml'
        ? parseOrThrow(fence(text, current?.source.text))
        : fromValues(shape, data, current),
    place: (issue) => ({
      ...issue,
      // Without a path it is about the file as a whole, or about what was not sent.
      ...(issue.path === '' ? START_OF_FILE : asSent(positionOf(issue.path.split('.')).value)),
    }),
  };
}

const asSent = ({ line, column }: Position): Position => ({
  line: Math.max(1, line - LINES_BEFORE),
  column,
});

function jsonIssue(text: string): Issue | undefined {
  const error = findJsonError(text);
  if (!error) return undefined;
  const message = `this is not valid JSON: expected ${error.expected} here; send valid JSON, or YAML as YAML`;
  return issueAt('invalid-json', positionAt(text, error.offset), message);
}

/** Reports a line of `---`: what follows it would become part of the body. */
function fenceIssue(text: string): Issue | undefined {
  const split = splitFences(fence(text, undefined));
  if (split.kind !== 'fenced' || split.frontmatter === withLineEnd(text)) return undefined;
  const message =
    'a line of --- ends the frontmatter: send only the lines between the fences, or the whole file as markdown';
  const end = positionAt(split.frontmatter, split.frontmatter.length);
  return issueAt('invalid-yaml', end, message);
}

function fromValues(
  shape: Shape,
  data: FrontmatterData,
  current: ParsedFile | undefined
): ParsedFile {
  if (!current) return parseOrThrow(render(data, ''));
  const keys = withUnknownKeys(shape.keys, current.data, data);
  const wanted = { value: data as Values, body: current.body };
  const text = patchParsed({ ...shape, keys }, current, wanted);
  return text === current.source.text ? current : parseOrThrow(text);
}

/** Puts lines between the fences of a file, or between new ones. */
function fence(yaml: string, current: string | undefined): string {
  const lines = withLineEnd(yaml);
  const split = current === undefined ? undefined : splitFences(current);
  if (current === undefined || split?.kind !== 'fenced') {
    const lineEnd = lineEndOf(lines);
    return `---${lineEnd}${lines}---${lineEnd}`;
  }
  const start = current.indexOf('\n') + 1;
  return current.slice(0, start) + lines + current.slice(start + split.frontmatter.length);
}

const withLineEnd = (yaml: string): string =>
  yaml === '' || yaml.endsWith('\n') ? yaml : yaml + lineEndOf(yaml);

const lineEndOf = (text: string): string => (/^[^\n]*\r\n/.test(text) ? '\r\n' : '\n');
