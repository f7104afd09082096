import { splitFences } from './fences';
import type { Issue } from './issue';
import { parse, type FrontmatterData } from './parse';
import { patchParsed } from './patch';
import { unknownData } from './patch/rewrite';
import { read } from './read';
import { render, renderYaml } from './render';
import type { Shape } from './shape';

/** How a document can be sent: a markdown file, the lines between its fences, or their values. */
export const UPLOAD_FORMATS = ['md', 'yaml', 'json'] as const;
export type UploadFormat = (typeof UPLOAD_FORMATS)[number];

export type UploadedText =
  /** `linesBefore` of its lines were not sent: positions of issues are off by them. */
  { kind: 'file'; text: string; linesBefore: number } | { kind: 'invalid'; issues: Issue[] };

/** The opening fence. */
const FENCE_LINES = 1;

/**
 * Turns what was sent into a markdown file. YAML and JSON carry no body, so that of the document
 * stays, and JSON changes no line of the file whose value it does not change.
 *
 * @param current The file as the CMS gives it out, if there is one.
 */
export function uploadedText(
  shape: Shape,
  { format, text, current }: { format: UploadFormat; text: string; current: string | undefined }
): UploadedText {
  if (format === 'md') return { kind: 'file', text, linesBefore: 0 };
  const fenced = fence(text, current);
  if (format === 'yaml') return { kind: 'file', text: fenced, linesBefore: FENCE_LINES };
  const sent = read(shape, fenced); // JSON is YAML
  if (sent.kind === 'invalid') {
    return { kind: 'invalid', issues: withoutLines(sent.issues, FENCE_LINES) };
  }
  return { kind: 'file', text: fromValues(shape, sent.file.data, current), linesBefore: 0 };
}

/** Issues of a file, some lines of which its sender has not written. */
export const withoutLines = (issues: readonly Issue[], linesBefore: number): Issue[] =>
  issues.map((issue) => ({ ...issue, line: Math.max(1, issue.line - linesBefore) }));

function fromValues(shape: Shape, data: FrontmatterData, current: string | undefined): string {
  const now = current === undefined ? undefined : parse(current);
  if (now?.kind !== 'parsed') return render(data, '');
  const { file } = now;
  // `patch` knows nothing of keys beyond the shape: where they differ the lines are written anew.
  const isPatchable = unknownData(shape, file.data) === unknownData(shape, data);
  return isPatchable
    ? patchParsed(shape, file, { value: data, body: file.body })
    : fence(renderYaml(data), current);
}

/** Puts lines between the fences of a file, or between new ones. */
function fence(yaml: string, current: string | undefined): string {
  const lines = yaml === '' || yaml.endsWith('\n') ? yaml : `${yaml}\n`;
  const split = current === undefined ? undefined : splitFences(current);
  if (current === undefined || split?.kind !== 'fenced') return `---\n${lines}---\n`;
  const start = current.indexOf('\n') + 1;
  return current.slice(0, start) + lines + current.slice(start + split.frontmatter.length);
}
