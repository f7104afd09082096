import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { frontmatterSchema, typeNameOf, type Shape } from '../../core';
import { findShapes } from '../application';
import { UsageError } from '../errors';
import { errorCodeOf } from '../export/file-errors';
import type { Output } from '../../kit/command-line';

export interface TypesOptions {
  appDir: string;
  /** File to write, instead of standard output. */
  out?: string | undefined;
}

/** Prints TypeScript types of a collection's frontmatter, and of the documents that hold it. */
export async function printTypes(
  collection: string,
  { appDir, out }: TypesOptions,
  output: Output
): Promise<0> {
  const [shape] = findShapes(appDir, collection);
  const types = shape ? await toTypeScript(shape) : '';
  if (out === undefined) {
    output.out(types.trimEnd());
    return 0;
  }
  await write(out, types);
  output.out(`Wrote the types of '${collection}' to ${out}`);
  return 0;
}

async function toTypeScript(shape: Shape): Promise<string> {
  const { compile } = await loadCompiler();
  const schema = documentSchema(shape) as Parameters<typeof compile>[0]; // also reads later drafts
  return compile(schema, schema.title ?? '', {
    bannerComment: `// Made by 'frontmatter types ${shape.collection}': run it again instead of editing this file.`,
    style: { singleQuote: true, printWidth: 100 },
  });
}

/** Loads an optional peer dependency: it includes a formatter, and no other command needs it. */
async function loadCompiler() {
  try {
    return await import('json-schema-to-typescript');
  } catch (error) {
    if (errorCodeOf(error) !== 'MODULE_NOT_FOUND') throw error;
    throw new UsageError(
      'types needs a package that is not installed: run npm install --save-dev json-schema-to-typescript'
    );
  }
}

/** Returns the schema of a document as the API returns it; see `FindDocument`. */
const documentSchema = (shape: Shape): object => ({
  title: `${typeNameOf(shape)}Document`,
  description: `A document in '${shape.collection}', as JSON.`,
  type: 'object',
  properties: {
    slug: { type: 'string' },
    etag: { type: 'string', description: 'Changes whenever the text of the document does' },
    frontmatter: frontmatterSchema(shape),
    body: { type: 'string', description: 'Markdown after the frontmatter' },
  },
  required: ['slug', 'etag', 'frontmatter', 'body'],
  additionalProperties: false,
});

async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    const code = errorCodeOf(error);
    if (code === undefined) throw error;
    throw new UsageError(`${file} cannot be written (${code}): name another file with --out`);
  }
}
