import { isEqual, isPlainObject } from 'es-toolkit';
import type { AttributeSchema, FindType } from './fit/schema-types';
import { isEmpty, type Values } from './meaning';

/** A form of the panel and the draft that it is saved to. */
export interface FormEdit {
  /** Attributes of the content type. */
  attributes: Readonly<Record<string, AttributeSchema>>;
  /** Values of the attributes that the author changed, as they were when the form was loaded. */
  base: Values;
  /** Current values of all attributes in the form. */
  form: Values;
  /** Values to write: those of the form, with the changes that other code made to them. */
  data: Values;
  /** Current values of the draft, with components and media populated. */
  stored: Values;
}

export interface FormMerge {
  /** Values to write: what the author of the form or other code changed, and relations. */
  data: Values;
  /** Dotted paths of values that changed in the draft after the form was loaded, and are kept. */
  incoming: string[];
  conflicts: FormConflict[];
}

/** A value that both sides changed differently. */
export interface FormConflict {
  /** Dotted attribute path: `seo.title`. */
  path: string;
  mine: unknown;
  theirs: unknown;
}

/**
 * Merges a form into the draft (three-way), attribute by attribute, and within components that are
 * not repeatable. Relations are not merged: a form holds only what changed in them.
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
  // The stored value of a password is never disclosed, so it cannot be compared.
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
    // The author may not be allowed to see what the form does not hold.
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

/** Reduces a value to what it says, without empty parts and what Strapi and its form add. */
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

/** Returns what a form changes in a relation; stored or loaded entries are not a change. */
function relationEdit(value: unknown): unknown {
  const { connect, disconnect } = value as { connect?: unknown; disconnect?: unknown };
  const changes = [connect, disconnect].map((change) => (isEmpty(change) ? undefined : change));
  return changes.some(Boolean) ? changes : undefined;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

const emptyAsAbsent = (parts: unknown[]): unknown[] | undefined =>
  parts.length > 0 ? parts : undefined;
