import type { EntryField } from '../fields/entry';
import type { Field } from '../fields/field';
import type { LinksField, NamesField } from '../fields/references';
import {
  MAX_STRING_LENGTH,
  SHORT_TEXT_TYPES,
  type ChoiceField,
  type TextField,
} from '../fields/values';
import { line } from './attributes';
import type { Found } from './schema-types';

/** Checks what a kind requires of an attribute that has the right type. */
export function kindMisfits(place: string, field: Field, { name, schema, file }: Found): string[] {
  const change = (declaration: object): string =>
    `in ${file} change it to ${line(name, declaration)}`;
  switch (field.name) {
    case 'text':
      return lengthMisfits(place, field as TextField, { name, schema, file });
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

/** Reports text that is too long for its column, which would truncate or reject it. */
export function lengthMisfits(
  place: string,
  { maxLength = Infinity }: { maxLength?: number | undefined },
  { name, schema, file }: Found
): string[] {
  if (!SHORT_TEXT_TYPES.includes(schema.type) || maxLength <= MAX_STRING_LENGTH) return [];
  return [
    `${place} allows more than the ${MAX_STRING_LENGTH} characters that '${name}' holds, which is of the type ${schema.type}: give it { maxLength: ${MAX_STRING_LENGTH} }, or in ${file} change it to ${line(name, { type: 'text' })}`,
  ];
}
