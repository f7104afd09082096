import {
  boolean,
  choice,
  date,
  datetime,
  integer,
  LINK_ORDER,
  links,
  markdown,
  MAX_STRING_LENGTH,
  media,
  names,
  number,
  reference,
  text,
  TEXT_TYPES,
  type AttributeSchema,
  type Field,
  type FindType,
  type FrontmatterData,
  type KeyTree,
} from '../../core';
import { quote } from './source-code';

const NAME_ATTRIBUTES = ['name', 'title', 'slug'];

/** Functions that declare an attribute from its type alone, without the rest of its schema. */
const SIMPLE = new Map(
  Object.entries({ text, richtext: markdown, integer, float: number, boolean, date, datetime })
);

export interface Inferred {
  node: KeyTree[string];
  code: string;
}

export interface Found {
  imports: Set<string>;
  notes: string[];
  missing: Record<string, object>;
}

export interface Level {
  attributes: [name: string, schema: AttributeSchema][];
  files: readonly FrontmatterData[];
  findType: FindType;
  uid: string;
  path: readonly string[];
  /** Whether these are keys at the top, rather than those of a component. */
  isTop: boolean;
}

export interface FieldInput extends Level {
  name: string;
  schema: AttributeSchema;
  key: string;
  values: unknown[];
  /** Options of the declaration. */
  options: { attribute?: string; required?: boolean };
  note(message: string): undefined;
}

/** Infers the field of an attribute that is not a component. */
export function inferField(found: Found, input: FieldInput): Inferred | undefined {
  const { schema, options, note } = input;
  const simple = SIMPLE.get(schema.type);
  if (simple) return call(found, simple, options);
  switch (schema.type) {
    case 'string':
    case 'email':
    case 'uid':
      return call(found, text, { maxLength: MAX_STRING_LENGTH, ...options });
    case 'enumeration': {
      const [first, ...others] = schema.enum ?? [];
      if (first === undefined) return note('the enumeration has no values');
      return call(found, choice, [first, ...others], options);
    }
    case 'media':
      if (schema.multiple)
        return note('media() holds one file, and this attribute several: it is left out');
      return call(found, media, options);
    case 'relation':
      return inferRelation(found, input);
    default:
      return note(
        `an attribute of type ${schema.type} has no field: it stays in the CMS alone; use another type, or defineField()`
      );
  }
}

function inferRelation(
  found: Found,
  { name, schema, options, note, uid, findType }: FieldInput
): Inferred | undefined {
  const { target = '', relation = '' } = schema;
  const isMany = relation.endsWith('ToMany');
  if (target === uid && isMany) {
    const orderAttribute = `${name}Order`;
    found.missing[orderAttribute] = LINK_ORDER.declaration;
    return call(found, links, { target, orderAttribute, ...options });
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
  return call(found, isMany ? names : reference, {
    target,
    ...(nameAttribute !== 'name' && { nameAttribute }),
    ...options,
  });
}

/** Calls a declaration; its code omits empty arguments. */
export function call<Args extends unknown[]>(
  found: Found,
  declare: (...args: Args) => Field,
  ...args: Args
): Inferred {
  const node = declare(...args);
  found.imports.add(node.name);
  const given = args.filter((arg) => Array.isArray(arg) || Object.keys(arg as object).length > 0);
  return { node, code: `${node.name}(${given.map(quote).join(', ')})` };
}
