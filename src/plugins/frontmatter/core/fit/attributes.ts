import type { Storage } from '../fields/field';
import { LONG_TEXT_TYPES, MAX_STRING_LENGTH, TEXT_TYPES } from '../fields/values';
import type { Shape } from '../shape';
import { likelyMeant } from '../typo';
import {
  find,
  holderOf,
  own,
  schemaFileOf,
  type AttributeSchema,
  type Holder,
} from './schema-types';

export const one = (type: string): Storage => ({ types: [type], declaration: { type } });

const BODY: Storage = { types: LONG_TEXT_TYPES, declaration: { type: 'richtext' } };

export const nameStorage = (type: string): Storage => ({
  types: TEXT_TYPES,
  declaration: { type },
});

/** Private: an API client that could write it would control what the file says. */
const SOURCE: Storage = {
  types: ['text'],
  declaration: { type: 'text', private: true, configurable: false },
};

export const LINK_ORDER: Storage = {
  types: ['json'],
  declaration: { type: 'json', private: true, configurable: false },
};

/** Returns the attributes that a shape itself names, with the storage that each one needs. */
export function ownAttributes(shape: Shape): [what: string, name: string, storage: Storage][] {
  const { slug, body, source, dates } = shape;
  return [
    ['slug', slug, { types: ['uid', 'string'], declaration: { type: 'uid' } }],
    ['body', body, BODY],
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

export function ownMisfits(shape: Shape, holder: Holder): string[] {
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

/** Functions that declare a key, by the type of its attribute. */
export const DECLARED_BY: Readonly<Record<string, string>> = {
  string: `text({ maxLength: ${MAX_STRING_LENGTH} })`,
  text: 'text()',
  richtext: 'markdown()',
  integer: 'integer()',
  float: 'number()',
  boolean: 'boolean()',
  date: 'date()',
  datetime: 'datetime()',
  enumeration: 'choice()',
  component: 'group() or list()',
  media: 'media()',
  relation: 'names(), reference() or links()',
  json: 'defineField()',
};

/** @param declaredBy Functions to suggest, in case the key is declared wrongly. */
export function attributeMisfits(
  place: string,
  attribute: readonly string[],
  storage: Storage,
  holder: Holder,
  declaredBy: typeof DECLARED_BY = {}
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
    const { attributes } =
      second === undefined ? holder : holderOf(group?.component, holder.findType);
    const meant = likelyMeant(name, Object.keys(attributes));
    return [
      `${place} has no attribute '${name}': ${meant === undefined ? '' : `name '${meant}', if that is meant, or `}in ${here} add ${line(name, storage.declaration)}`,
    ];
  }
  if (storage.types.includes(found.schema.type)) return [];
  const other = declaredBy[found.schema.type];
  return [
    `${place} cannot keep its values in '${name}', which is ${describe(found.schema)}: ${other === undefined ? '' : `declare the key with ${other}, or `}in ${here} change it to ${line(name, storage.declaration)}`,
  ];
}

/** Formats a declaration: `"title": {"type":"string"}`. */
export const line = (name: string, declaration: object): string =>
  `"${name}": ${JSON.stringify(declaration)}`;

const describe = ({ type, repeatable, target }: AttributeSchema): string => {
  if (type === 'relation') return `a relation of ${target ?? 'any type'}`;
  return repeatable ? 'a repeatable component' : `of the type ${type}`;
};

const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
