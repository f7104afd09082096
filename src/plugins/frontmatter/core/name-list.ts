import type { z } from 'zod';
import { quote } from './fields/field';

/** More than any document has: a longer list was pasted by mistake. */
export const MAX_NAMES = 200;

export type NameList = { kind: 'names'; names: string[] } | { kind: 'refused'; message: string };

/**
 * Parses pasted names: one per line or separated by commas, possibly as a YAML list with hyphens
 * and quotes. Returns each once, in the order of the text.
 *
 * @param schema What a file may hold as the list of names.
 */
export function parseNameList(schema: z.ZodType, text: string): NameList {
  const parts = text
    .split(/[\n\r,;\t]+/)
    .map((part) => part.trim().replace(/^-(\s+|$)/, ''))
    .map((part) => (/^(['"])(.*)\1$/.exec(part)?.[2] ?? part).trim());
  const names = [...new Set(parts.filter((part) => part !== ''))];
  if (names.length === 0) {
    return refused('no names: write one per line, or separate them with commas');
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
