import { upperFirst } from 'es-toolkit';
import {
  date,
  datetime,
  group,
  list,
  MAX_STRING_LENGTH,
  SHORT_TEXT_TYPES,
  state,
  TEXT_TYPES,
  textList,
  type Field,
  type FrontmatterData,
  type KeyTree,
} from '../../core';
import {
  call,
  inferField,
  type FieldInput,
  type Found,
  type Inferred,
  type Level,
} from './infer-field';
import { indent, keyCode, quote } from './source-code';

/** Infers the keys of one level: first those of the files, in order, then the other attributes. */
export function inferKeys(found: Found, level: Level): { keys: KeyTree; code: string } {
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
        ? inferNode(found, { ...level, name, schema, key, values })
        : stateOrNote(found, { key: [...path, key].join('.'), values, isTop: level.isTop });
    if (name !== undefined) unused.delete(name);
    if (inferred) entries.push([key, inferred]);
  }
  for (const [name, schema] of unused) {
    const inferred = inferNode(found, { ...level, name, schema, key: name, values: [] });
    if (inferred) entries.push([name, inferred]);
  }
  return {
    keys: Object.fromEntries(entries.map(([key, { node }]) => [key, node])),
    code: `{\n${indent(entries.map(([key, { code }]) => `${keyCode(key)}: ${code},`))}\n}`,
  };
}

function inferNode(
  found: Found,
  input: Omit<FieldInput, 'options' | 'note'>
): Inferred | undefined {
  const { name, schema, key, path, values, isTop } = input;
  const isRequired = (schema as { required?: boolean }).required === true;
  const options = {
    ...(name !== key && { attribute: [...path, name].join('.') }),
    ...(isRequired && { required: true }),
  };
  const place = [...path, key].join('.');
  const note = (message: string): undefined => void found.notes.push(`${place}: ${message}`);
  if (!isTop && ['media', 'relation', 'component'].includes(schema.type)) {
    return note(
      `a ${schema.type} within a component has no field: it stays in the CMS alone, unless you make it an attribute of the content type itself, and the key one of a group() that names the attribute`
    );
  }
  if (values.some(isGroup) && !['component', 'json'].includes(schema.type)) {
    return note(
      `files hold a group of keys, and ${name} is one value: declare it by hand, such as group({ ${Object.keys(values.find(isGroup) ?? {})[0]}: … }) with the attribute of each of its keys`
    );
  }
  const infer = schema.type === 'component' ? inferComponent : inferField;
  return infer(found, { ...input, options, note });
}

/** Infers a group, or a list of groups or of texts. */
function inferComponent(found: Found, input: FieldInput): Inferred | undefined {
  const { name, schema, key, path, values, options, note, findType, uid } = input;
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
    const isShort = SHORT_TEXT_TYPES.includes(single[1].type);
    return call(found, textList, {
      itemAttribute: single[0],
      ...(isShort && { maxLength: MAX_STRING_LENGTH }),
      ...options,
    });
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

/** Infers the state of `draft` or `published`; keeps any other key without an attribute. */
function stateOrNote(
  found: Found,
  { key, values, isTop }: { key: string; values: unknown[]; isTop: boolean }
): Inferred | undefined {
  const isState = isTop && values.every((value) => typeof value === 'boolean');
  if (isState && key === 'draft') return call(found, state);
  if (isState && key === 'published' && !found.imports.has('state')) {
    return call(found, state, { draftValue: false });
  }
  if (isTop && key === 'slug') {
    found.notes.push('slug: it is kept as it is; the name of its file is the slug of a document');
    return undefined;
  }
  const [example] = values;
  found.notes.push(
    `${key}: ${values.length === 1 ? 'one file holds it' : `${values.length} files hold it`} and the content type has no such attribute: it is kept as it is; to edit it in the CMS add ${attributeLine(key, example)}`
  );
  return undefined;
}

/** Returns the keys of all files, in order of first appearance. */
const keysOf = (files: readonly FrontmatterData[]): string[] => [
  ...new Set(files.flatMap((file) => Object.keys(file))),
];

const isGroup = (value: unknown): value is FrontmatterData =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether names match: `reading_time` is the key of `readingTime`. */
const isLike = (one: string, other: string): boolean => plain(one) === plain(other);

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

function attributeLine(key: string, example: unknown): string {
  const name = key
    .split('.')
    .at(-1)
    ?.replace(/[_-]+(.)/g, (_, letter: string) => letter.toUpperCase());
  if (Array.isArray(example)) return `a relation or a repeatable component '${name}'`;
  if (isGroup(example)) {
    const [inner = 'key'] = Object.keys(example);
    return `a component '${name}', or name attributes of your own, as in group({ ${inner}: text({ attribute: '${name}${upperFirst(inner)}' }) })`;
  }
  return `"${name}": { "type": "${attributeTypeOf(example)}" }`;
}

function attributeTypeOf(example: unknown): string {
  if (typeof example === 'number') return Number.isInteger(example) ? 'integer' : 'float';
  if (typeof example === 'boolean') return 'boolean';
  const isA = (field: Field): boolean => field.schema.safeParse(example).success;
  if (isA(date())) return 'date';
  return isA(datetime()) ? 'datetime' : 'text';
}
