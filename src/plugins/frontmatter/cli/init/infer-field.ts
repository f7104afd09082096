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
  type FindType,
  type FrontmatterData,
  type KeyTree,
} from '../../core';
import { quote } from './source-code';

const NAME_ATTRIBUTES = ['name', 'title', 'slug'];

export type Node = KeyTree[string];

export interface Inferred {
  node: Node;
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
  /** Whether these are keys at the top, rather than of a component. */
  isTop: boolean;
}

export interface FieldInput extends Level {
  name: string;
  schema: AttributeSchema;
  key: string;
  values: unknown[];
  /** Of the declaration. */
  options: { attribute?: string; required?: boolean };
  note(message: string): undefined;
}

/** The field of an attribute that is no component. */
export function inferField(found: Found, input: FieldInput): Inferred | undefined {
  const { schema, options, note } = input;
  switch (schema.type) {
    case 'string':
    case 'email':
    case 'uid':
      return call(found, 'text', text({ maxLength: MAX_STRING_LENGTH, ...options }), {
        maxLength: MAX_STRING_LENGTH,
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
export function call(found: Found, name: string, node: Node, ...args: unknown[]): Inferred {
  found.imports.add(name);
  const given = args.filter((arg) => Array.isArray(arg) || Object.keys(arg as object).length > 0);
  return { node, code: `${name}(${given.map(quote).join(', ')})` };
}
