import type { z } from 'zod';
import { quote } from './fields/field';

/** More than any document has; whoever pastes more has pasted the wrong thing. */
export const MAX_NAMES = 200;

export type NameList = { kind: 'names'; names: string[] } | { kind: 'refused'; message: string };

/**
 * Names as they are pasted: one on each line or between commas, perhaps as a YAML list with hyphens
 * and quotes. Each comes once, in the order of the text.
 *
 * @param schema What a file may hold in their place.
 */
export function parseNameList(schema: z.ZodType, text: string): NameList {
  const parts = text
    .split(/[\n\r,;\t]+/)
    .map((part) => part.trim().replace(/^-(\s+|$)/, ''))
    .map((part) => (/^(['"])(.*)\1$/.exec(part)?.[2] ?? part).trim());
  const names = [...new Set(parts.filter((part) => part !== ''))];
  if (names.length === 0) {
    return refused('no names: write one on each line, or commas between them');
  }
  if (names.length > MAX_NAMES) {
    const count = names.length.toLocaleString('en');
    return refused(`${count} names are too many: paste ${MAX_NAMES} at most`);
  }
  const [issue] = schema.safeParse(names).error?.issues ?? [];
  if (issue) return refused(`${quote(names[Number(issue.path[0])] ?? '')} ${issue.message}`);
  return { kind: 'names', names };
}

const refused = (message: string): NameList => ({ kind: 'refused', message });
