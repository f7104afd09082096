import { isPlainObject } from 'es-toolkit';
import type { z } from 'zod';
import { quote } from '../fields/field';
import { byPosition, ISSUE_CODES, issueAt, type Issue, type IssueCode } from '../issue';
import { itemOf, keysOf } from '../meaning';
import type { Shape } from '../shape';
import { getAt, type KeyTree } from '../tree';
import { likelyMeant } from '../typo';
import type { FrontmatterData, ParsedFile } from './parse';
import type { FrontmatterPath } from './positions';
import { findWronglyDecoded, wronglyDecodedMessage } from './wrongly-decoded';

/** Compares a parsed file with a shape and returns every problem, in the order of the file. */
export function validate(shape: Shape, file: ParsedFile): Issue[] {
  const result = shape.schema.safeParse(file.data);
  const errors = (result.error?.issues ?? []).map((issue) => toIssue(issue, file));
  return [
    ...errors,
    ...unknownKeys(shape.keys, file.data, [], file),
    ...repeatedItems(shape, file),
    ...wronglyDecoded(file.data, [], file),
  ].sort(byPosition);
}

function toIssue(issue: z.core.$ZodIssue, file: ParsedFile): Issue {
  const path = issue.path as FrontmatterPath; // frontmatter has no symbols for keys
  return issueAt(codeOf(issue), file.positionOf(path).value, issue.message, { path });
}

function codeOf(issue: z.core.$ZodIssue): IssueCode {
  const code: unknown = issue.code === 'custom' ? issue.params?.['code'] : undefined;
  return ISSUE_CODES.find((known) => known === code) ?? 'invalid-type';
}

function unknownKeys(
  keys: KeyTree,
  data: FrontmatterData,
  parents: FrontmatterPath,
  file: ParsedFile
): Issue[] {
  return Object.entries(data).flatMap(([key, value]) => {
    const path = [...parents, key];
    const node = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (node === undefined) return [unknownKey(path, Object.keys(keys), file)];
    const nested = keysOf(node);
    const item = itemOf(node);
    if (item && Array.isArray(value)) {
      return value.flatMap((each, index) =>
        isPlainObject(each) ? unknownKeys(item.keys, each, [...path, index], file) : []
      );
    }
    return nested && isPlainObject(value) ? unknownKeys(nested, value, path, file) : [];
  });
}

function unknownKey(path: FrontmatterPath, known: string[], file: ParsedFile): Issue {
  const key = String(path.at(-1));
  const meant = likelyMeant(key, known);
  const message = `unknown key ${quote(key)}: kept as it is${meant === undefined ? '' : `; did you mean '${meant}'?`}`;
  return issueAt('unknown-key', file.positionOf(path).key, message, { path, severity: 'note' });
}

function repeatedItems(shape: Shape, file: ParsedFile): Issue[] {
  return shape.leaves.flatMap(({ path, field }) => {
    const items = getAt(file.data, path);
    if ((field.kind !== 'names' && field.kind !== 'links') || !Array.isArray(items)) return [];
    const seen = new Set<unknown>();
    return items.flatMap((item, index): Issue[] => {
      if (!seen.has(item)) {
        seen.add(item);
        return [];
      }
      const itemPath = [...path, index];
      const message = `${quote(String(item))} is already in this list: the CMS shows it once and keeps the file's lines`;
      const position = file.positionOf(itemPath).value;
      return [issueAt('repeated-item', position, message, { path: itemPath, severity: 'note' })];
    });
  });
}

/** One note for each value, under known and unknown keys alike. */
function wronglyDecoded(value: unknown, path: FrontmatterPath, file: ParsedFile): Issue[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => wronglyDecoded(item, [...path, index], file));
  }
  if (isPlainObject(value)) {
    return Object.entries(value).flatMap(([key, part]) =>
      wronglyDecoded(part, [...path, key], file)
    );
  }
  const found = typeof value === 'string' ? findWronglyDecoded(value) : undefined;
  if (!found) return [];
  const message = wronglyDecodedMessage(found);
  return [
    issueAt('wrongly-decoded', file.positionOf(path).value, message, { path, severity: 'note' }),
  ];
}
