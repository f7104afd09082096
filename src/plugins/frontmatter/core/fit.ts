import type { EntryField } from './fields/entry';
import type { Field, Storage } from './fields/field';
import type { ListField } from './fields/list';
import type { LinksField, NamesField } from './fields/references';
import {
  MAX_STRING_LENGTH,
  TEXT_TYPES,
  type ChoiceField,
  type TextField,
  type TextListField,
} from './fields/values';
import type { Shape } from './shape';
import { leavesOf, type KeyTree, type Leaf } from './tree';

/** What `schema.json` says of an attribute, as far as it matters here. */
export interface AttributeSchema {
  type: string;
  relation?: string;
  target?: string;
  component?: string;
  repeatable?: boolean;
  multiple?: boolean;
  enum?: readonly string[];
  private?: boolean;
  inversedBy?: string;
  mappedBy?: string;
}

/** What `schema.json` says of a content type or component. */
export interface TypeSchema {
  kind?: string;
  attributes: Readonly<Record<string, AttributeSchema>>;
  options?: { draftAndPublish?: boolean };
  pluginOptions?: { i18n?: { localized?: boolean } };
}

/** A type by its uid, `api::post.post` or `blog.seo`. */
export type FindType = (uid: string) => TypeSchema | undefined;

/**
 * Where a shape asks for what its content type cannot hold: all mistakes at once, each in a
 * sentence with the line to change.
 */
export function misfits(shape: Shape, findType: FindType): string[] {
  const type = findType(shape.contentType);
  const file = schemaFileOf(shape.contentType);
  if (!type) return [`there is no content type ${shape.contentType}: add ${file}`];
  const holder: Holder = { uid: shape.contentType, attributes: type.attributes, findType };
  return [
    ...typeMisfits(type, file),
    ...ownMisfits(shape, holder),
    ...keyMisfits(shape.keys, holder, []),
  ];
}

interface Holder {
  uid: string;
  attributes: TypeSchema['attributes'];
  findType: FindType;
}

function typeMisfits(type: TypeSchema, file: string): string[] {
  const problems: string[] = [];
  if (type.kind === 'singleType') {
    problems.push(
      `it is a single type, and files are a collection: in ${file} set "kind": "collectionType"`
    );
  }
  if (!type.options?.draftAndPublish) {
    problems.push(
      `it has no draft & publish, without which nothing is published: in ${file} set "options": { "draftAndPublish": true }`
    );
  }
  if (type.pluginOptions?.i18n?.localized) {
    problems.push(
      `it is localized, which shapes do not support: in ${file} remove "i18n" from "pluginOptions"`
    );
  }
  return problems;
}

const one = (type: string): Storage => ({ types: [type], declaration: { type } });
const TEXT: Storage = { types: TEXT_TYPES, declaration: { type: 'richtext' } };

/** Private: an API client that could write it would decide what the file says. */
const SOURCE: Storage = {
  types: ['text'],
  declaration: { type: 'text', private: true, configurable: false },
};
export const LINK_ORDER: Storage = {
  types: ['json'],
  declaration: { type: 'json', private: true, configurable: false },
};

/** The attributes that a shape names itself, with what each of them must be. */
export function ownAttributes(shape: Shape): [what: string, name: string, storage: Storage][] {
  const { slug, body, source, dates } = shape;
  return [
    ['slug', slug, { types: ['uid', 'string'], declaration: { type: 'uid' } }],
    ['body', body, TEXT],
    ['source', source, SOURCE],
    ...(dates
      ? ([
          ['dates.published', dates.published, one('date')],
          ['dates.modified', dates.modified, one('date')],
          ['dates.override', dates.override, one('date')],
          ['dates.minorEdit', dates.minorEdit, one('boolean')],
        ] as [string, string, Storage][])
      : []),
  ];
}

function ownMisfits(shape: Shape, holder: Holder): string[] {
  const { order, source } = shape;
  const named = ownAttributes(shape).flatMap(([what, name, storage]) =>
    attributeMisfits(`${what}: '${name}'`, [name], storage, holder)
  );
  const kept = own(holder.attributes, source);
  if (kept?.type === 'text' && !kept.private) {
    named.push(
      `source: '${source}' is not private, so anyone could read and write it in plain REST: in ${schemaFileOf(holder.uid)} change it to ${line(source, SOURCE.declaration)}`
    );
  }
  if (order === undefined || Object.hasOwn(holder.attributes, order)) return named;
  return [
    ...named,
    `order: there is no attribute '${order}': name one of ${Object.keys(holder.attributes).join(', ')}`,
  ];
}

function keyMisfits(keys: KeyTree, holder: Holder, parents: readonly string[]): string[] {
  return leavesOf(keys).flatMap((leaf) => leafMisfits(leaf, holder, parents));
}

function leafMisfits(
  { path, attribute, field }: Leaf,
  holder: Holder,
  parents: readonly string[]
): string[] {
  if (field.kind === 'state') return [];
  const place = `${[...parents, ...path].join('.')}: ${field.name}()`;
  const problems = attributeMisfits(place, attribute, field.storage, holder);
  if (problems.length > 0) return problems;
  const found = find(attribute, holder);
  if (!found) return [];
  const { target } = field as Partial<NamesField>;
  if (target !== undefined && !holder.findType(target)) {
    return [`${place} leads to ${target}, and there is no such content type: check the spelling`];
  }
  return [
    ...kindMisfits(place, field, found),
    ...partMisfits(place, field, { ...holder, found, path: [...parents, ...path] }),
  ];
}

interface Found {
  name: string;
  schema: AttributeSchema;
  /** The file that declares it. */
  file: string;
}

/** Follows a path of one or two attributes; the first of two is a component. */
function find(attribute: readonly string[], { uid, attributes, findType }: Holder) {
  const [first = '', second] = attribute;
  const schema = own(attributes, first);
  if (second === undefined) {
    return schema && { name: first, schema, file: schemaFileOf(uid) };
  }
  const component = schema?.component ?? '';
  const inner = own(findType(component)?.attributes ?? {}, second);
  return inner && { name: second, schema: inner, file: schemaFileOf(component) };
}

function attributeMisfits(
  place: string,
  attribute: readonly string[],
  storage: Storage,
  holder: Holder
): string[] {
  const [first = '', second] = attribute;
  const file = schemaFileOf(holder.uid);
  const group = own(holder.attributes, first);
  if (second !== undefined) {
    if (!group) {
      return [
        `${place} needs a component '${first}': in ${file} add ${line(first, { type: 'component', component: `shared.${kebab(first)}` })}`,
      ];
    }
    if (group.type !== 'component' || group.repeatable) {
      return [
        `${place} does not fit '${first}', which is ${describe(group)}: a group is kept in a component that is not repeatable`,
      ];
    }
  }
  const found = find(attribute, holder);
  const name = second ?? first;
  const here = second === undefined ? file : schemaFileOf(group?.component ?? '');
  if (!found) {
    return [
      `${place} has no attribute '${name}': in ${here} add ${line(name, storage.declaration)}`,
    ];
  }
  if (storage.types.includes(found.schema.type)) return [];
  return [
    `${place} cannot keep its values in '${name}', which is ${describe(found.schema)}: in ${here} change it to ${line(name, storage.declaration)}, or declare the key with another function`,
  ];
}

/** What a kind asks of an attribute of the right type. */
function kindMisfits(place: string, field: Field, { name, schema, file }: Found): string[] {
  const change = (declaration: object): string =>
    `in ${file} change it to ${line(name, declaration)}`;
  switch (field.name) {
    case 'text': {
      const { maxLength = Infinity } = field as TextField;
      if (schema.type !== 'string' || maxLength <= MAX_STRING_LENGTH) return [];
      return [
        `${place} allows more than the ${MAX_STRING_LENGTH} characters that '${name}' holds, which is a string: write text({ maxLength: ${MAX_STRING_LENGTH} }), or ${change({ type: 'text' })}`,
      ];
    }
    case 'choice': {
      const values = (field as ChoiceField).values;
      const missing = values.filter((value) => schema.enum && !schema.enum.includes(value));
      if (missing.length === 0) return [];
      return [
        `${place} allows ${missing.map((value) => `'${value}'`).join(', ')}, which '${name}' does not: ${change({ type: 'enumeration', enum: values })}`,
      ];
    }
    case 'media':
      if (!schema.multiple) return [];
      return [
        `${place} holds one file, and '${name}' several: ${change({ type: 'media', multiple: false })}`,
      ];
    case 'list':
    case 'textList':
      if (schema.repeatable) return [];
      return [
        `${place} needs a repeatable component, which '${name}' is not: ${change({ type: 'component', component: schema.component, repeatable: true })}`,
      ];
    case 'names':
    case 'links':
    case 'reference':
    case 'entry': {
      const { target } = field as NamesField | LinksField | EntryField;
      const isMany = field.name === 'names' || field.name === 'links';
      const fits =
        schema.relation?.endsWith(isMany ? 'ToMany' : 'ToOne') && schema.target === target;
      const isTwoWay = schema.inversedBy !== undefined || schema.mappedBy !== undefined;
      const isExclusive = schema.relation === 'oneToOne' || schema.relation === 'oneToMany';
      if (fits && isTwoWay && isExclusive) {
        const relation = isMany ? 'manyToMany' : 'manyToOne';
        return [
          `${place} would take a target from the document that has it, as '${name}' is a two-way ${schema.relation}: ${change({ ...schema, relation })} and the other side likewise, or make it one-way`,
        ];
      }
      if (fits) return [];
      return [
        `${place} needs a relation to ${isMany ? 'many' : 'one'} of ${target}, and '${name}' is ${schema.relation ?? 'another'} of ${schema.target ?? 'any type'}: ${change(field.storage.declaration)}`,
      ];
    }
    default:
      return [];
  }
}

/** The same for what the attribute leads to: the items of a list, the entries of a relation. */
function partMisfits(
  place: string,
  field: Field,
  { found, findType, uid, attributes, path }: Holder & { found: Found; path: readonly string[] }
): string[] {
  switch (field.name) {
    case 'list': {
      const { itemKeys } = field as ListField;
      const item = holderOf(found.schema.component, findType);
      const known = leavesOf(itemKeys).map(({ attribute }) => attribute[0]);
      return [...keyMisfits(itemKeys, item, path), ...unnamed(place, item, known)];
    }
    case 'textList': {
      const { itemAttribute } = field as TextListField;
      const item = holderOf(found.schema.component, findType);
      return [
        ...attributeMisfits(
          place,
          [itemAttribute],
          { ...TEXT, declaration: { type: 'text' } },
          item
        ),
        ...unnamed(place, item, [itemAttribute]),
      ];
    }
    case 'names':
    case 'reference': {
      const { target, nameAttribute } = field as NamesField;
      const entries = holderOf(target, findType);
      const type = findType(target);
      return [
        ...attributeMisfits(
          place,
          [nameAttribute],
          { ...TEXT, declaration: { type: 'string' } },
          entries
        ),
        ...(type?.options?.draftAndPublish ? [publishedTarget(place, target)] : []),
      ];
    }
    case 'links': {
      const { target, slugAttribute, orderAttribute } = field as LinksField;
      const targets = holderOf(target, findType);
      const slug = { types: TEXT_TYPES, declaration: { type: 'uid' } };
      return [
        ...attributeMisfits(place, [slugAttribute], slug, targets),
        ...attributeMisfits(
          `${place} with the orderAttribute '${orderAttribute}'`,
          [orderAttribute],
          LINK_ORDER,
          {
            uid,
            attributes,
            findType,
          }
        ),
      ];
    }
    case 'entry': {
      const { target, keys, editorName, window, overrides } = field as EntryField;
      const entries = holderOf(target, findType);
      const type = findType(target);
      const moments = window ? [window.startsAt, window.endsAt] : [];
      return [
        ...keyMisfits(keys, entries, path),
        ...(editorName
          ? attributeMisfits(
              `${place} with the editorName`,
              [editorName.attribute],
              { ...TEXT, declaration: { type: 'string' } },
              entries
            )
          : []),
        ...moments.flatMap((name) =>
          attributeMisfits(`${place} with the window`, [name], one('datetime'), entries)
        ),
        ...Object.values(overrides).flatMap(({ attribute }) =>
          attributeMisfits(
            `${place} with the override`,
            [attribute],
            { ...TEXT, declaration: { type: 'text' } },
            { uid, attributes, findType }
          )
        ),
        ...(type?.options?.draftAndPublish ? [publishedTarget(place, target)] : []),
      ];
    }
    default:
      return [];
  }
}

const publishedTarget = (place: string, target: string): string =>
  `${place} leads to ${target}, whose entries may be drafts: in ${schemaFileOf(target)} set "options": { "draftAndPublish": false }`;

/** Items of a list are written again as a whole: what no key names would be lost. */
function unnamed(place: string, item: Holder, known: readonly (string | undefined)[]): string[] {
  const lost = Object.keys(item.attributes).filter((name) => !known.includes(name));
  if (lost.length === 0) return [];
  return [
    `${place} names no key for ${lost.map((name) => `'${name}'`).join(', ')} of ${item.uid}, and imports would lose what is there: add ${lost.length === 1 ? 'a key' : 'keys'}, or remove ${lost.length === 1 ? 'it' : 'them'} from ${schemaFileOf(item.uid)}`,
  ];
}

const holderOf = (uid: string = '', findType: FindType): Holder => ({
  uid,
  attributes: findType(uid)?.attributes ?? {},
  findType,
});

const own = (attributes: TypeSchema['attributes'], name: string): AttributeSchema | undefined =>
  Object.hasOwn(attributes, name) ? attributes[name] : undefined;

/** Where an application declares a type. */
export function schemaFileOf(uid: string): string {
  const [, api, name] = /^api::([^.]+)\.(.+)$/.exec(uid) ?? [];
  if (api && name) return `src/api/${api}/content-types/${name}/schema.json`;
  const [, category, component] = /^([^.:]+)\.(.+)$/.exec(uid) ?? [];
  return category && component
    ? `src/components/${category}/${component}.json`
    : `the schema of ${uid}`;
}

/** `"title": { "type": "string" }` */
const line = (name: string, declaration: object): string =>
  `"${name}": ${JSON.stringify(declaration)}`;

const describe = ({ type, repeatable, target }: AttributeSchema): string => {
  if (type === 'relation') return `a relation of ${target ?? 'any type'}`;
  return repeatable ? 'a repeatable component' : `of the type ${type}`;
};

const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
