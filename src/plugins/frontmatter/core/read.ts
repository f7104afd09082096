import { decode } from './decode';
import { hasErrors, type Issue } from './issue';
import { parse, type FrontmatterData, type ParsedFile } from './parse';
import type { Shape } from './shape';
import { validate } from './validate';

export type ReadResult =
  | {
      kind: 'valid';
      frontmatter: FrontmatterData;
      body: string;
      /** Notes; none of them is an error. */
      issues: Issue[];
      /** Where the value of a path stands, for what is found out later. */
      positionOf: ParsedFile['positionOf'];
    }
  | { kind: 'invalid'; issues: Issue[] };

/**
 * Reads a markdown file for a shape: bytes → frontmatter and body. All issues of the file are
 * collected and none is thrown.
 */
export function read(shape: Shape, file: Uint8Array | string): ReadResult {
  const decoded = decode(typeof file === 'string' ? new TextEncoder().encode(file) : file);
  if (decoded.kind === 'refused') return { kind: 'invalid', issues: decoded.issues };
  const parsed = parse(decoded.text);
  if (parsed.kind === 'refused') return { kind: 'invalid', issues: parsed.issues };
  const issues = [...validate(shape, parsed.file), ...bodyIssues(decoded.text, parsed.file.body)];
  if (hasErrors(issues)) return { kind: 'invalid', issues };
  const { data: frontmatter, body, positionOf } = parsed.file;
  return { kind: 'valid', frontmatter, body, issues, positionOf };
}

/** PostgreSQL stores every character but this one. */
const NUL = '\0';

function bodyIssues(text: string, body: string): Issue[] {
  if (!body.includes(NUL)) return [];
  const before = text.slice(0, text.indexOf(NUL)).split('\n');
  return [
    {
      code: 'forbidden-character',
      severity: 'error',
      path: '',
      line: before.length,
      column: (before.at(-1)?.length ?? 0) + 1,
      message: 'the body holds the character U+0000, which cannot be stored: remove it',
    },
  ];
}
