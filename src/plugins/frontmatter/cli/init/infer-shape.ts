import {
  boolean,
  choice,
  date,
  datetime,
  defineShape,
  group,
  integer,
  LINK_ORDER,
  links,
  list,
  markdown,
  media,
  names,
  number,
  ownAttributes,
  reference,
  state,
  text,
  textList,
  type AttributeSchema,
  type FindType,
  type FrontmatterData,
  type KeyTree,
  type Shape,
  type TypeSchema,
} from '../../core';

/** A shape that was found by looking at a content type and its files, with the code that declares it. */
export interface InferredShape {
  shape: Shape;
  /** TypeScript or, without its imports, JavaScript: `defineShape({ … })`. */
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
  findType: FindType;
  /** Frontmatter of the files that there are. */
  files: readonly FrontmatterData[];
  /** Where a file stands below its folder, the most frequent first. */
  patterns: readonly string[];
}

/** Strapi's own, which no schema.json declares. */
const TEXT_TYPES = ['string', 'text', 'richtext', 'email', 'uid'];
const STRING_LENGTH = 255;
const BODY_NAMES = ['body', 'content', 'text'];
const NAME_ATTRIBUTES = ['name', 'title', 'slug'];

type Node = KeyTree[string];
interface Inferred {
  node: Node;
  code: string;
}

export function inferShape(options: InferOptions): InferredShape {
  const { uid, type, plural, findType, files, patterns } = options;
  const found: Found = { imports: new Set(['defineShape']), notes: [], missing: {} };
  const slug =
    nameOf(type, ({ type: kind }) => kind === 'uid') ?? addMissing(found, 'slug', { type: 'uid' });
  const body =
    BODY_NAMES.find((name) => TEXT_TYPES.includes(type.attributes[name]?.type ?? '')) ??
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

interface Found {
  imports: Set<string>;
  notes: string[];
  missing: Record<string, object>;
}

interface Level {
  attributes: [name: string, schema: AttributeSchema][];
  files: readonly FrontmatterData[];
  findType: FindType;
  uid: string;
  path: readonly string[];
  /** Whether these are keys at the top, rather than of a component. */
  isTop: boolean;
}

/** The keys of one level: those of the files first, in their order, then the other attributes. */
function inferKeys(found: Found, level: Level): { keys: KeyTree; code: string } {
  const { attributes, files, path } = level;
  const unused = new Map(attributes);
  const entries: [key: string, inferred: Inferred][] = [];
  for (const key of keysOf(files)) {
    const values = files.flatMap((file) => (Object.hasOwn(file, key) ? [file[key]] : []));
    const name =
      [...unused.keys()].find((each) => each === key) ??
      [...unused.keys()].find((each) => isLike(each, key));
    const schema = name === undefined ? undefined : unused.get(name);
    const inferred =
      name !== undefined && schema
        ? inferField(found, { ...level, name, schema, key, values })
        : stateOrNote(found, { key: [...path, key].join('.'), values, isTop: level.isTop });
    if (name !== undefined) unused.delete(name);
    if (inferred) entries.push([key, inferred]);
  }
  for (const [name, schema] of unused) {
    const inferred = inferField(found, { ...level, name, schema, key: name, values: [] });
    if (inferred) entries.push([name, inferred]);
  }
  return {
    keys: Object.fromEntries(entries.map(([key, { node }]) => [key, node])),
    code: `{\n${indent(entries.map(([key, { code }]) => `${keyCode(key)}: ${code},`))}\n}`,
  };
}

/** `draft: true` needs no attribute; any other key without one is kept as it is. */
function stateOrNote(
  found: Found,
  { key, values, isTop }: { key: string; values: unknown[]; isTop: boolean }
): Inferred | undefined {
  if (isTop && key === 'draft' && values.every((value) => typeof value === 'boolean')) {
    return call(found, 'state', state());
  }
  const [example] = values;
  found.notes.push(
    `${key}: ${values.length === 1 ? 'one file holds it' : `${values.length} files hold it`} and the content type has no such attribute: it is kept as it is; to edit it in the CMS add ${attributeLine(key, example)}`
  );
  return undefined;
}

interface FieldInput extends Level {
  name: string;
  schema: AttributeSchema;
  key: string;
  values: unknown[];
}

function inferField(found: Found, input: FieldInput): Inferred | undefined {
  const { name, schema, key, path, findType, values, uid } = input;
  const isRequired = (schema as { required?: boolean }).required === true;
  const options = {
    ...(name !== key && { attribute: [...path, name].join('.') }),
    ...(isRequired && { required: true }),
  };
  const place = [...path, key].join('.');
  const note = (message: string): undefined => void found.notes.push(`${place}: ${message}`);
  if (!input.isTop && ['media', 'relation', 'component'].includes(schema.type)) {
    return note(`a ${schema.type} within a component has no field: it stays in the CMS alone`);
  }
  switch (schema.type) {
    case 'string':
    case 'email':
    case 'uid':
      return call(found, 'text', text({ maxLength: STRING_LENGTH, ...options }), {
        maxLength: STRING_LENGTH,
        ...options,
      });
    case 'text':
      return call(found, 'text', text(options), options);
    case 'richtext':
      return call(found, 'markdown', markdown(options), options);
    case 'integer':
      return call(found, 'integer', integer(options), options);
    case 'float':
      return call(found, 'number', number(options), options);
    case 'boolean':
      return call(found, 'boolean', boolean(options), options);
    case 'date':
      return call(found, 'date', date(options), options);
    case 'datetime':
      return call(found, 'datetime', datetime(options), options);
    case 'enumeration': {
      const [first, ...others] = schema.enum ?? [];
      if (first === undefined) return note('the enumeration has no values');
      return call(
        found,
        'choice',
        choice([first, ...others], options),
        [first, ...others],
        options
      );
    }
    case 'media':
      if (schema.multiple)
        return note('media() holds one file, and this attribute several: it is left out');
      return call(found, 'media', media(options), options);
    case 'relation':
      return inferRelation(found, { ...input, options, note });
    case 'component': {
      const component = findType(schema.component ?? '');
      if (!component) return note(`there is no component ${schema.component}`);
      const inner = values
        .flatMap((value) => (schema.repeatable ? [value].flat() : value))
        .filter(isGroup);
      const [single, ...more] = Object.entries(component.attributes);
      const isTextList =
        schema.repeatable &&
        single &&
        more.length === 0 &&
        TEXT_TYPES.includes(single[1].type) &&
        inner.length === 0;
      if (isTextList) {
        const listOptions = { itemAttribute: single[0], ...options };
        return call(found, 'textList', textList(listOptions), listOptions);
      }
      const below = {
        attributes: Object.entries(component.attributes),
        files: inner,
        findType,
        uid,
        path: schema.repeatable ? [] : [...path, key],
        isTop: false,
      };
      const { keys, code } = inferKeys(found, below);
      found.imports.add('group');
      if (!schema.repeatable) {
        if (name !== key || path.length > 0)
          return note(
            'a group within a group, or of another name than its component, is declared by hand: it is left out'
          );
        return { node: group(keys), code: `group(${code})` };
      }
      found.imports.add('list');
      const rest = Object.keys(options).length > 0 ? `, ${quote(options)}` : '';
      return { node: list(group(keys), options), code: `list(group(${code})${rest})` };
    }
    default:
      return note(
        `an attribute of type ${schema.type} has no field: it stays in the CMS alone; use another type, or defineField()`
      );
  }
}

function inferRelation(
  found: Found,
  {
    name,
    schema,
    options,
    note,
    uid,
    findType,
  }: FieldInput & { options: object; note(message: string): undefined }
): Inferred | undefined {
  const { target = '', relation = '' } = schema;
  const isMany = relation.endsWith('ToMany');
  if (target === uid && isMany) {
    const orderAttribute = `${name}Order`;
    found.missing[orderAttribute] = LINK_ORDER.declaration;
    const linkOptions = { target, orderAttribute, ...options };
    return call(found, 'links', links(linkOptions), linkOptions);
  }
  const attributes = findType(target)?.attributes ?? {};
  const nameAttribute = NAME_ATTRIBUTES.find((each) =>
    TEXT_TYPES.includes(attributes[each]?.type ?? '')
  );
  if (nameAttribute === undefined) {
    return note(
      `${target || 'the target'} has no name, title or slug to be known by: it is left out`
    );
  }
  const nameOptions = { target, ...(nameAttribute !== 'name' && { nameAttribute }), ...options };
  return isMany
    ? call(found, 'names', names(nameOptions), nameOptions)
    : call(found, 'reference', reference(nameOptions), nameOptions);
}

/** A call without arguments that say nothing. */
function call(found: Found, name: string, node: Node, ...args: unknown[]): Inferred {
  found.imports.add(name);
  const given = args.filter((arg) => Array.isArray(arg) || Object.keys(arg as object).length > 0);
  return { node, code: `${name}(${given.map(quote).join(', ')})` };
}

function addMissing(found: Found, name: string, declaration: object): string {
  found.missing[name] = declaration;
  return name;
}

/** A name that no attribute has: one of another type is never replaced. */
function freeName({ attributes }: TypeSchema, name: string): string {
  return Object.hasOwn(attributes, name) ? freeName({ attributes }, `${name}Markdown`) : name;
}

const nameOf = (
  { attributes }: TypeSchema,
  fits: (schema: AttributeSchema) => boolean
): string | undefined => Object.entries(attributes).find(([, schema]) => fits(schema))?.[0];

/** Keys of all files, in the order of the first that holds each. */
const keysOf = (files: readonly FrontmatterData[]): string[] => [
  ...new Set(files.flatMap((file) => Object.keys(file))),
];

const isGroup = (value: unknown): value is FrontmatterData =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `reading_time` is the key of `readingTime`. */
const isLike = (one: string, other: string): boolean => plain(one) === plain(other);
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

function attributeLine(key: string, example: unknown): string {
  const name = key
    .split('.')
    .at(-1)
    ?.replace(/[_-]+(.)/g, (_, letter: string) => letter.toUpperCase());
  if (Array.isArray(example)) return `a relation or a repeatable component '${name}'`;
  if (isGroup(example)) return `a component '${name}'`;
  const type =
    typeof example === 'number'
      ? Number.isInteger(example)
        ? 'integer'
        : 'float'
      : typeof example === 'boolean'
        ? 'boolean'
        : 'text';
  return `"${name}": { "type": "${type}" }`;
}

/** A value as JavaScript source. */
function quote(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(quote).join(', ')}]`;
  if (typeof value === 'string')
    return `'${JSON.stringify(value).slice(1, -1).replaceAll("'", "\\'").replaceAll('\\"', '"')}'`;
  if (isGroup(value)) {
    return `{ ${Object.entries(value)
      .map(([key, part]) => `${keyCode(key)}: ${quote(part)}`)
      .join(', ')} }`;
  }
  return String(value);
}

const keyCode = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key));

const indent = (lines: readonly string[]): string =>
  lines
    .flatMap((line) => line.split('\n'))
    .map((line) => `  ${line}`)
    .join('\n');
