import { isPlainObject } from 'es-toolkit';

/** Converts a value to JavaScript source. */
export function quote(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(quote).join(', ')}]`;
  if (typeof value === 'string')
    return `'${JSON.stringify(value).slice(1, -1).replaceAll("'", "\\'").replaceAll('\\"', '"')}'`;
  if (isPlainObject(value)) {
    return `{ ${Object.entries(value)
      .map(([key, part]) => `${keyCode(key)}: ${quote(part)}`)
      .join(', ')} }`;
  }
  return String(value);
}

export const keyCode = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key));

export const indent = (lines: readonly string[]): string =>
  lines
    .flatMap((line) => line.split('\n'))
    .map((line) => `  ${line}`)
    .join('\n');
