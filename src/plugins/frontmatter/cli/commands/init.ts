import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  decode,
  formatIssue,
  hasErrors,
  misfits,
  parse,
  readNamed,
  schemaFileOf,
  typeMisfits,
  type FrontmatterData,
  type TypeSchema,
} from '../../core';
import { UsageError } from '../errors';
import { findFiles, type FoundFile } from '../find-files';
import { inferShape, type InferredShape } from '../init/infer-shape';
import { errorCodeOf } from '../export/file-errors';
import type { Output } from '../../kit/command-line';

export interface InitOptions {
  appDir: string;
  /** Folder with files of the collection. */
  from?: string | undefined;
}

/** Where the files of a blog or of documentation usually are. */
const PATTERNS = ['{slug}.md', '{slug}/{slug}.md', '{slug}/index.md', '_posts/{slug}.md'];

/** Types of Strapi and its plugins have no schema in the application. */
const OF_A_PLUGIN = /^(plugin|admin)::/;

interface Schema extends TypeSchema {
  info?: { pluralName?: string };
}

/**
 * Writes the shape of a content type, adds missing attributes to its `schema.json`, and reports
 * what has no place in the shape. Returns the exit code: 1 if the content type or files do not fit.
 */
export async function initShape(
  contentType: string,
  { appDir, from }: InitOptions,
  output: Output
): Promise<0 | 1> {
  const uid = contentType.startsWith('api::') ? contentType : `api::${contentType}.${contentType}`;
  const [, api = ''] = /^api::([^.]+)/.exec(uid) ?? [];
  const schemaFile = path.join(appDir, schemaFileOf(uid));
  const schema = await readSchema(schemaFile, uid);
  const unfit = typeMisfits(schema, schemaFileOf(uid));
  if (unfit.length > 0) {
    throw new UsageError(
      `${uid} cannot be kept as files: ${unfit.join('; ')}. A type that others refer to by name, such as one of tags, needs no shape`
    );
  }
  const isTypeScript = existsSync(path.join(appDir, 'tsconfig.json'));
  const shapeFile = path.join(appDir, 'src/api', api, `frontmatter.${isTypeScript ? 'ts' : 'js'}`);
  if (existsSync(shapeFile)) {
    throw new UsageError(`${path.relative(appDir, shapeFile)} is there already: remove it first`);
  }
  const components = new Map<string, TypeSchema>();
  const findType = (wanted: string) =>
    components.get(wanted) ?? (OF_A_PLUGIN.test(wanted) ? { attributes: {} } : undefined);
  await collectTypes(components, appDir, [uid]);

  const files = from === undefined ? [] : await findOwnFiles(from);
  const inferred = inferShape({
    uid,
    type: schema,
    plural: schema.info?.pluralName ?? api,
    findType,
    files: await readData(files),
    patterns: patternsOf(files, from ?? ''),
  });
  const completed = { ...schema, attributes: { ...schema.attributes, ...inferred.missing } };
  const added = Object.keys(inferred.missing);
  if (added.length > 0) await writeFile(schemaFile, `${JSON.stringify(completed, null, 2)}\n`);
  await writeFile(shapeFile, sourceOf(inferred, isTypeScript));

  const shown = (file: string) => path.relative(appDir, file);
  output.out(`Wrote ${shown(shapeFile)}`);
  if (added.length > 0) output.out(`Added ${added.join(', ')} to ${shown(schemaFile)}`);
  components.set(uid, completed as TypeSchema);
  const problems = [...misfits(inferred.shape, findType), ...(await issuesOf(inferred, files))];
  for (const note of inferred.notes) output.err(`note: ${note}`);
  for (const problem of problems) output.err(problem);
  const count = problems.length === 1 ? 'problem' : `${problems.length} problems`;
  const next = problems.length > 0 ? `Correct the ${count} named last` : 'Look it through';
  const last = from === undefined ? '' : ` and run: frontmatter import ${from}`;
  output.out(`${next}, then build and start the CMS${last}`);
  return problems.length > 0 ? 1 : 0;
}

async function readSchema(file: string, uid: string): Promise<Schema> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Schema;
  } catch (error) {
    if (errorCodeOf(error) !== 'ENOENT') throw error;
    throw new UsageError(`There is no content type ${uid}: ${file} is missing`);
  }
}

/** Reads types, and all types that their attributes refer to. */
async function collectTypes(
  types: Map<string, TypeSchema>,
  appDir: string,
  uids: readonly string[]
): Promise<void> {
  for (const uid of uids) {
    if (types.has(uid)) continue;
    const file = path.join(appDir, schemaFileOf(uid));
    if (!existsSync(file)) continue;
    const schema = JSON.parse(await readFile(file, 'utf8')) as TypeSchema;
    types.set(uid, schema);
    const parts = Object.values(schema.attributes).flatMap(({ component, target }) =>
      [component, target].filter((each) => each !== undefined)
    );
    await collectTypes(types, appDir, parts);
  }
}

async function findOwnFiles(from: string): Promise<FoundFile[]> {
  const { files, unreadable } = await findFiles({ collection: '', files: PATTERNS, topKeys: [] }, [
    from,
  ]);
  const [problem] = unreadable;
  if (problem) throw new UsageError(`${problem.file}: ${problem.reason}`);
  return files;
}

/** Returns the patterns by which the files are named, the most frequent first. */
function patternsOf(files: readonly FoundFile[], folder: string): string[] {
  const isNamed = (pattern: string, { file, slug }: FoundFile): boolean =>
    path.relative(folder, file) === path.normalize(pattern.replaceAll('{slug}', slug));
  const count = (pattern: string) => files.filter((file) => isNamed(pattern, file)).length;
  const used = PATTERNS.map((pattern) => ({ pattern, count: count(pattern) }))
    .filter((each) => each.count > 0)
    .sort((one, other) => other.count - one.count);
  return used.length > 0 ? used.map(({ pattern }) => pattern) : ['{slug}.md'];
}

async function readData(files: readonly FoundFile[]): Promise<FrontmatterData[]> {
  const data: FrontmatterData[] = [];
  for (const { file } of files) {
    const decoded = decode(await readFile(file));
    const parsed = decoded.kind === 'text' ? parse(decoded.text) : undefined;
    if (parsed?.kind === 'parsed') data.push(parsed.file.data);
  }
  return data;
}

async function issuesOf({ shape }: InferredShape, files: readonly FoundFile[]): Promise<string[]> {
  const lines: string[] = [];
  for (const { file, slug } of files) {
    const { issues } = readNamed(shape, { slug, bytes: await readFile(file) });
    const errors = issues.filter(
      (issue) => hasErrors([issue]) && issue.code !== 'missing-frontmatter'
    );
    lines.push(...errors.map((issue) => formatIssue(file, issue)));
  }
  return lines;
}

function sourceOf({ declaration, imports }: InferredShape, isTypeScript: boolean): string {
  const names = `{\n${imports.map((name) => `  ${name},\n`).join('')}}`;
  const core = "'strapi-plugin-frontmatter/core'";
  return isTypeScript
    ? `import ${names} from ${core};\n\nexport const shape = ${declaration};\n`
    : `const ${names} = require(${core});\n\nexports.shape = ${declaration};\n`;
}
