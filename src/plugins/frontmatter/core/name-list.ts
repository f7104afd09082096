/** More than any document has; whoever pastes more has pasted the wrong thing. */
export const MAX_NAMES = 200;
const MAX_NAME_LENGTH = 255;

export type NameList = { kind: 'names'; names: string[] } | { kind: 'refused'; message: string };

/**
 * Names as they are pasted: one on each line or between commas, perhaps as a YAML list with hyphens
 * and quotes. Each comes once, in the order of the text.
 */
export function parseNameList(text: string): NameList {
  const names = [
    ...new Set(
      text
        .split(/[\n\r,;\t]+/)
        .map((part) => part.trim().replace(/^-(\s+|$)/, ''))
        .map((part) => /^(['"])(.*)\1$/.exec(part)?.[2] ?? part)
        .map((part) => part.trim())
        .filter((part) => part !== '')
    ),
  ];
  const tooLong = names.find((name) => name.length > MAX_NAME_LENGTH);
  if (names.length === 0)
    return refused('no names: write one on each line, or commas between them');
  if (names.length > MAX_NAMES) {
    const count = names.length.toLocaleString('en');
    return refused(`${count} names are too many: paste ${MAX_NAMES} at most`);
  }
  if (tooLong !== undefined) {
    return refused(
      `'${tooLong.slice(0, 30)}…' has ${tooLong.length} characters: a name has ${MAX_NAME_LENGTH} at most`
    );
  }
  return { kind: 'names', names };
}

const refused = (message: string): NameList => ({ kind: 'refused', message });
