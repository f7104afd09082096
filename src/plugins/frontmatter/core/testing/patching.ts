import { patchParsed } from '../patch';
import { parse, type FrontmatterData, type ParsedFile } from '../read/parse';
import type { Shape } from '../shape';
import { articles } from './shape';

/** What edits turn YAML into: a value for each dotted path, `undefined` to remove the key. */
export type PatchCase = [
  title: string,
  yaml: string,
  edits: Record<string, unknown>,
  expected: string,
];

/** @throws Error if `parse` rejects the text. */
export function parsedOf(text: string): ParsedFile {
  const result = parse(text);
  if (result.kind === 'parsed') return result.file;
  throw new Error(`${JSON.stringify(result.issues)}\n${text}`);
}

/** @throws Error if an edit fails, in which case `patch` would rewrite its keys. */
export function patched(shape: Shape, text: string, value: FrontmatterData, body?: string): string {
  const file = parsedOf(text);
  return patchParsed(shape, file, { value, body: body ?? file.body }, (failed) => {
    throw new Error(`an edit went wrong:\n${failed}`);
  });
}

/** @throws Error if repeating the edits changes the result again. */
export function patchYaml(yaml: string, edits: PatchCase[2], lineEnd = '\n'): string {
  const text = `---\n${yaml}---\nBody\n`.replaceAll('\n', lineEnd);
  const value = edited(parsedOf(text).data, edits);
  const result = patched(articles, text, value);
  const again = patched(articles, result, value);
  if (again !== result) throw new Error(`not the same again:\n${result}\n${again}`);
  const lines = result.split(/(?<=\n)/);
  return lines.slice(1, -2).join('');
}

function edited(data: FrontmatterData, edits: PatchCase[2]): FrontmatterData {
  const value = structuredClone(data);
  for (const [path, part] of Object.entries(edits)) {
    const keys = path.split('.');
    const last = keys.pop() as string; // a path has at least one key
    let target = value;
    for (const key of keys) target = (target[key] ??= {}) as FrontmatterData;
    if (part === undefined) delete target[last];
    else target[last] = part;
  }
  return value;
}
