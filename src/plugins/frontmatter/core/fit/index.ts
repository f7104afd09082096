import type { EntryField } from '../fields/entry';
import type { Field } from '../fields/field';
import type { ListField } from '../fields/list';
import type { LinksField, NamesField } from '../fields/references';
import type { TextListField } from '../fields/values';
import type { Shape } from '../shape';
import { leavesOf, type KeyTree, type Leaf } from '../tree';
import {
  attributeMisfits,
  DECLARED_BY,
  LINK_ORDER,
  nameStorage,
  one,
  ownMisfits,
} from './attributes';
import { kindMisfits, lengthMisfits } from './kinds';
import {
  find,
  holderOf,
  schemaFileOf,
  type FindType,
  type Found,
  type Holder,
  type TypeSchema,
} from './schema-types';

export { LINK_ORDER, ownAttributes } from './attributes';
export { schemaFileOf, type AttributeSchema, type FindType, type TypeSchema } from './schema-types';

/**
 * Returns everything that a shape requires and its content type cannot hold, each in a sentence
 * with the line to change.
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

/** Checks the content type alone, whatever its shape. */
export function typeMisfits(type: TypeSchema, file: string): string[] {
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
  const problems = attributeMisfits(place, attribute, field.storage, holder, DECLARED_BY);
  if (problems.length > 0) return problems;
  const found = find(attribute, holder);
  if (!found) return [];
  const { target } = field as Partial<NamesField>;
  if (target !== undefined && !holder.findType(target)) {
    return [`${place} leads to ${target}, and there is no such content type: check the spelling`];
  }
  return [
    ...kindMisfits(place, field, found),
    ...partMisfits(place, field, { holder, found, path: [...parents, ...path] }),
  ];
}

/** Checks what the attribute refers to: the items of a list, the entries of a relation. */
function partMisfits(
  place: string,
  field: Field,
  { holder, found, path }: { holder: Holder; found: Found; path: readonly string[] }
): string[] {
  const { findType } = holder;
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
      const texts = find([itemAttribute], item);
      return [
        ...(texts ? lengthMisfits(place, field as TextListField, texts) : []),
        ...attributeMisfits(place, [itemAttribute], nameStorage('text'), item),
        ...unnamed(place, item, [itemAttribute]),
      ];
    }
    case 'names':
    case 'reference': {
      const { target, nameAttribute } = field as NamesField;
      const entries = holderOf(target, findType);
      const type = findType(target);
      return [
        ...attributeMisfits(place, [nameAttribute], nameStorage('string'), entries),
        ...(type?.options?.draftAndPublish ? [publishedTarget(place, target)] : []),
      ];
    }
    case 'links': {
      const { target, slugAttribute, orderAttribute } = field as LinksField;
      const targets = holderOf(target, findType);
      return [
        ...attributeMisfits(place, [slugAttribute], nameStorage('uid'), targets),
        ...attributeMisfits(
          `${place} with the orderAttribute '${orderAttribute}'`,
          [orderAttribute],
          LINK_ORDER,
          holder
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
              nameStorage('string'),
              entries
            )
          : []),
        ...moments.flatMap((name) =>
          attributeMisfits(`${place} with the window`, [name], one('datetime'), entries)
        ),
        ...Object.values(overrides).flatMap(({ attribute }) =>
          attributeMisfits(`${place} with the override`, [attribute], nameStorage('text'), holder)
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

/** Reports attributes without a key: imports rewrite list items as a whole, and would lose them. */
function unnamed(place: string, item: Holder, known: readonly (string | undefined)[]): string[] {
  const lost = Object.keys(item.attributes).filter((name) => !known.includes(name));
  if (lost.length === 0) return [];
  return [
    `${place} names no key for ${lost.map((name) => `'${name}'`).join(', ')} of ${item.uid}, and imports would lose what is there: add ${lost.length === 1 ? 'a key' : 'keys'}, or remove ${lost.length === 1 ? 'it' : 'them'} from ${schemaFileOf(item.uid)}`,
  ];
}
