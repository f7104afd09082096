import {
  defineShape,
  LONG_TEXT_TYPES,
  ownAttributes,
  type AttributeSchema,
  type Shape,
  type TypeSchema,
} from '../../core';
import type { Found, Level } from './infer-field';
import { inferKeys } from './infer-keys';
import { indent, quote } from './source-code';

/** A shape inferred from a content type and its files, with the code that declares it. */
export interface InferredShape {
  shape: Shape;
  /** `defineShape({ … })` without imports, valid in TypeScript and JavaScript. */
  declaration: string;
  /** Functions that the declaration calls. */
  imports: string[];
  /** Attributes that the content type lacks, as `schema.json` declares them. */
  missing: Record<string, object>;
  /** What has no place in the shape, and what to do about it. */
  notes: string[];
}

export interface InferOptions {
  uid: string;
  type: TypeSchema;
  /** Plural name of the content type, which becomes the name of the collection. */
  plural: string;
  findType: Level['findType'];
  /** Frontmatter of the existing files. */
  files: Level['files'];
  /** Patterns of paths below the folder, the most frequent first. */
  patterns: readonly string[];
}

const BODY_NAMES = ['body', 'content', 'text'];

export function inferShape(options: InferOptions): InferredShape {
  const { uid, type, plural, findType, files, patterns } = options;
  const found: Found = { imports: new Set(['defineShape']), notes: [], missing: {} };
  const slug =
    nameOf(type, ({ type: kind }) => kind === 'uid') ?? addMissing(found, 'slug', { type: 'uid' });
  const body =
    BODY_NAMES.find((name) => LONG_TEXT_TYPES.includes(type.attributes[name]?.type ?? '')) ??
    nameOf(type, ({ type: kind }) => kind === 'richtext') ??
    addMissing(found, freeName(type, 'body'), { type: 'richtext' });

  const own = new Set([slug, body, 'source']);
  const attributes = Object.entries(type.attributes).filter(([name]) => !own.has(name));
  const tree = inferKeys(found, { attributes, files, findType, uid, path: [], isTop: true });
  const base = {
    collection: plural,
    contentType: uid,
    slug,
    body,
    source: 'source',
    ...(tree.keys['tags']?.kind === 'names' && { tags: 'tags' }),
    files: patterns,
  };
  const shape = defineShape({ ...base, keys: tree.keys });
  for (const [, name, storage] of ownAttributes(shape)) {
    if (!Object.hasOwn(type.attributes, name)) found.missing[name] ??= storage.declaration;
  }
  const lines = Object.entries(base).map(([name, value]) => `${name}: ${quote(value)},`);
  return {
    shape,
    declaration: `defineShape({\n${indent([...lines, `keys: ${tree.code},`])}\n})`,
    imports: [...found.imports].sort(),
    missing: found.missing,
    notes: found.notes,
  };
}

function addMissing(found: Found, name: string, declaration: object): string {
  found.missing[name] = declaration;
  return name;
}

/** Returns a name that no attribute has: one of another type is never replaced. */
function freeName({ attributes }: TypeSchema, name: string): string {
  return Object.hasOwn(attributes, name) ? freeName({ attributes }, `${name}Markdown`) : name;
}

const nameOf = (
  { attributes }: TypeSchema,
  fits: (schema: AttributeSchema) => boolean
): string | undefined => Object.entries(attributes).find(([, schema]) => fits(schema))?.[0];
