import { byPosition, hasErrors, issueAt, positionAt, type Issue } from '../issue';
import type { Shape } from '../shape';
import { decode } from './decode';
import { findTooLarge, tooLargeIssue } from './limits';
import { mergeMarkerIssue } from './merge-markers';
import { parse, type FrontmatterData, type ParsedFile, type ParsedSource } from './parse';
import { withOtherReaders } from './other-readers';
import { validate } from './validate';
import { findWronglyDecoded, wronglyDecodedMessage } from './wrongly-decoded';

export type ReadResult =
  | {
      kind: 'valid';
      frontmatter: FrontmatterData;
      body: string;
      /** Notes only, no errors. */
      issues: Issue[];
      /** Position of a path, for problems that are found later. */
      positionOf: ParsedFile['positionOf'];
      /** Input for `patchParsed` and `mergeFile`. */
      file: ParsedFile;
    }
  | { kind: 'invalid'; issues: Issue[] };

/** Reads a file for a shape: bytes → frontmatter and body. Collects all issues and throws none. */
export function read(shape: Shape, file: Uint8Array | string): ReadResult {
  const decoded = decode(typeof file === 'string' ? new TextEncoder().encode(file) : file);
  if (decoded.kind === 'refused') return { kind: 'invalid', issues: decoded.issues };
  return readText(shape, decoded.text);
}

/** The same as `read`, for text that `decode` returned. */
export function readText(shape: Shape, text: string): ReadResult {
  const tooLarge = findTooLarge(text);
  if (tooLarge.length > 0) return { kind: 'invalid', issues: tooLarge.map(tooLargeIssue) };
  const conflict = mergeMarkerIssue(text);
  if (conflict) return { kind: 'invalid', issues: [conflict] };
  const parsed = parse(text);
  if (parsed.kind === 'refused') return { kind: 'invalid', issues: parsed.issues };
  const issues = [
    ...withOtherReaders(shape, parsed.file, validate(shape, parsed.file)).sort(byPosition),
    ...bodyIssues(parsed.file.source),
  ];
  if (hasErrors(issues)) return { kind: 'invalid', issues };
  const { data: frontmatter, body, positionOf } = parsed.file;
  return { kind: 'valid', frontmatter, body, issues, positionOf, file: parsed.file };
}

/** The only character that PostgreSQL cannot store. */
const NUL = '\0';

function bodyIssues({ text, bodyStart }: ParsedSource): Issue[] {
  const body = text.slice(bodyStart);
  const issues: Issue[] = [];
  const place = (index: number) => positionAt(text, bodyStart + index);
  if (body.includes(NUL)) {
    const message = 'the body holds the character U+0000, which cannot be stored: remove it';
    issues.push(issueAt('forbidden-character', place(body.indexOf(NUL)), message));
  }
  const found = findWronglyDecoded(body);
  if (found) {
    const message = wronglyDecodedMessage(found);
    issues.push(issueAt('wrongly-decoded', place(found.index), message, { severity: 'note' }));
  }
  return issues.sort(byPosition);
}
