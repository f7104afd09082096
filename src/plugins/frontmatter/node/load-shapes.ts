import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Shape } from '../core';

export interface LoadedShape {
  /** Absolute path. */
  file: string;
  shape: Shape;
}

/**
 * Finds the shapes of an application: a `frontmatter` file in an API folder exports a `shape`.
 *
 * @param sourceDir The compiled `src` folder of the application, absolute.
 * @throws Error if a file exports no shape, or two shapes share a collection or a content type.
 */
export function loadShapes(sourceDir: string): LoadedShape[] {
  const apiDir = path.join(sourceDir, 'api');
  const files = (existsSync(apiDir) ? readdirSync(apiDir) : [])
    .map((api) => path.join(apiDir, api, 'frontmatter.js'))
    .filter((file) => existsSync(file));
  const loaded = files.map((file) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the name is known only at run time, and Strapi applications compile to CommonJS
    const { shape } = require(file) as { shape?: Shape };
    if (!shape) throw new Error(`${file} must export a shape: export const shape = defineShape(…)`);
    return { file, shape };
  });
  assertUnique(
    loaded.map(({ shape }) => shape.collection),
    'collection'
  );
  assertUnique(
    loaded.map(({ shape }) => shape.contentType),
    'content type'
  );
  return loaded;
}

function assertUnique(names: string[], what: string): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated) throw new Error(`Two shapes have the ${what} '${repeated}': rename one`);
}
