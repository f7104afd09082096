/** Plain text: one space or several, a line break in their place, or none at the ends, read the same. */
export function foldWhitespace(value: unknown): unknown {
  if (typeof value === 'string') return value.trim().replace(/\s+/g, ' ') || undefined;
  if (!Array.isArray(value)) return value ?? undefined;
  const items = value.map(foldWhitespace).filter((item) => item !== undefined);
  return items.length > 0 ? items : undefined;
}

/** Markdown: indentation and blank lines have a meaning, how many blank lines and what ends a line have none. */
export function foldMarkdown(value: unknown): unknown {
  if (typeof value !== 'string') return undefined;
  const lines = value
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n');
  return lines.replace(/^\n+|\n+$/g, '') || undefined;
}
