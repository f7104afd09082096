import { isEqual, isPlainObject } from 'es-toolkit';
import type { AttributeSchema, FindType } from './fit/schema-types';
import { isEmpty, type Values } from './meaning';

/** A form of the panel, and the draft that it is saved into. */
export interface FormEdit {
  /** Attributes of the content type. */
  attributes: Readonly<Record<string, AttributeSchema>>;
  /** What the form held for the attributes that its author changed, when it was loaded. */
  base: Values;
  /** What it holds now, of all attributes. */
  form: Values;
  /** What is to be written: the form, and what other code made of it. */
  data: Values;
  /** What the draft holds now, components and media populated. */
  stored: Values;
}

export interface FormMerge {
  /** What is to be written: only what the author of the form changed. */
  data: Values;
  /** Dotted paths of what came into the draft after the form was loaded, and stays. */
  incoming: string[];
  conflicts: FormConflict[];
}

/** Both sides changed it, to different values. */
export interface FormConflict {
  /** Dotted, of attributes: `seo.title`. */
  path: string;
  mine: unknown;
  theirs: unknown;
}

/**
 * A three-way merge of a form and the draft, attribute by attribute, and within components that are
 * not repeatable. Relations are left aside: a form holds only what changed in them.
 */
export function mergeForm(
  { attributes, base, form, data, stored }: FormEdit,
  findType: FindType
): FormMerge {
  const result: FormMerge = { data: {}, incoming: [], conflicts: [] };
  const isOfForm = (name: string): boolean =>
    Object.hasOwn(form, name) && (isObject(data[name]) || data[name] === form[name]);
  const names = Object.keys(data).filter(isOfForm);
  const merged = mergeValues(names, { attributes, path: [], findType, result }, (name) => ({
    base: Object.hasOwn(base, name) ? base[name] : data[name],
    form: data[name],
    stored: stored[name],
  }));
  for (const [name, value] of Object.entries(data)) {
    if (!names.includes(name)) result.data[name] = value;
    else if (attributes[name]?.type === 'relation' || Object.hasOwn(base, name))
      result.data[name] = merged[name];
  }
  return result;
}

interface Place {
  attributes: Readonly<Record<string, AttributeSchema>>;
  path: readonly string[];
  findType: FindType;
  result: FormMerge;
}

interface Sides {
  base: unknown;
  form: unknown;
  stored: unknown;
}

function mergeValues(
  names: readonly string[],
  place: Place,
  sidesOf: (name: string) => Sides
): Values {
  const merged = names.map((name) => {
    const schema = place.attributes[name];
    const sides = sidesOf(name);
    const path = [...place.path, name];
    return [name, schema ? mergeValue(schema, sides, { ...place, path }) : sides.form] as const;
  });
  return Object.fromEntries(merged);
}

function mergeValue(schema: AttributeSchema, { base, form, stored }: Sides, place: Place): unknown {
  const { findType, path, result } = place;
  // What a password was, nobody is told.
  if (schema.type === 'relation' || schema.type === 'password') return form;
  const isSame = (one: unknown, other: unknown): boolean =>
    isEqual(comparable(schema, one, findType), comparable(schema, other, findType));
  const isChanged = !isSame(form, base);
  if (isSame(stored, base) || isSame(form, stored)) return isChanged ? form : stored;
  if (!isChanged) {
    result.incoming.push(path.join('.'));
    return stored;
  }
  const component =
    schema.type === 'component' && !schema.repeatable && findType(schema.component ?? '');
  if (component && isPlainObject(form) && isPlainObject(stored)) {
    const below = { ...place, attributes: component.attributes };
    // What the form does not hold, its author may not see.
    const names = Object.keys(component.attributes).filter((name) => Object.hasOwn(form, name));
    const parts = mergeValues(names, below, (name) => ({
      base: (base as Values | null | undefined)?.[name],
      form: (form as Values)[name],
      stored: (stored as Values)[name],
    }));
    return { ...form, ...parts, id: (stored as Values)['id'] };
  }
  result.conflicts.push({ path: path.join('.'), mine: form, theirs: stored });
  return form;
}

/** What a value says: without what Strapi and its form add, and without what is empty. */
function comparable(schema: AttributeSchema, value: unknown, findType: FindType): unknown {
  if (isEmpty(value)) return undefined;
  switch (schema.type) {
    case 'relation':
      return relationEdit(value);
    case 'media':
      return [value].flat().map((file) => (file as { id?: unknown }).id);
    case 'component': {
      const { attributes = {} } = findType(schema.component ?? '') ?? {};
      const parts = (item: unknown) =>
        Object.entries(attributes).flatMap(([name, part]) => {
          const said = comparable(part, (item as Values)[name], findType);
          return said === undefined ? [] : [[name, said]];
        });
      return schema.repeatable ? [value].flat().map(parts) : emptyAsAbsent(parts(value));
    }
    case 'dynamiczone':
      return [value].flat().map((item) => {
        const { __component: component } = item as { __component?: string };
        return [
          component,
          comparable({ type: 'component', component: component ?? '' }, item, findType),
        ];
      });
    case 'datetime':
      return new Date(value as string).getTime();
    default:
      return value;
  }
}

/** What a form changes in a relation; what is stored, or was loaded, is no change. */
function relationEdit(value: unknown): unknown {
  const { connect, disconnect } = value as { connect?: unknown; disconnect?: unknown };
  const changes = [connect, disconnect].map((change) => (isEmpty(change) ? undefined : change));
  return changes.some(Boolean) ? changes : undefined;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

const emptyAsAbsent = (parts: unknown[]): unknown[] | undefined =>
  parts.length > 0 ? parts : undefined;
