import { isEqual } from 'es-toolkit';
import { z } from 'zod';
import { coded, type Field, type FieldOptions } from './field';
import { valueField } from './values';

/** A custom field kind. `Stored` is what the attribute holds, `Value` what a file holds. */
export interface FieldDefinition<Stored, Value> extends FieldOptions {
  /** Strapi attribute types that can hold the stored value, the best one first: `['json']`. */
  attributeTypes: readonly [string, ...string[]];
  /** What is wrong with a value of a file and what to do, in one sentence; else `undefined`. */
  validate(value: unknown): string | undefined;
  /** Stored → file; `undefined` leaves the key out. It is not called for `null`. */
  parse(stored: Stored): Value | undefined;
  /** File → stored, for a value that `validate` accepts. */
  serialize(value: Value): Stored;
  /** The same rule as JSON Schema (draft 2020-12). @default {} */
  jsonSchema?: Record<string, unknown>;
  /** Whether two values mean the same, so that a file keeps its own; by default, equal ones do. */
  isSame?(one: Value, other: Value): boolean;
}

/** Declares a key whose values no built-in field can store. */
export function defineField<Stored, Value>(definition: FieldDefinition<Stored, Value>): Field {
  const { attributeTypes, validate, parse, serialize, jsonSchema = {}, isSame } = definition;
  const schema = z.unknown().superRefine((value, context) => {
    const message = validate(value);
    if (message !== undefined)
      context.addIssue({ code: 'custom', ...coded('invalid-value', message) });
  });
  const storage = { types: attributeTypes, declaration: { type: attributeTypes[0] } };
  return {
    ...valueField('defineField', storage, schema.meta(jsonSchema), definition),
    parse: (stored) =>
      stored === null || stored === undefined ? undefined : parse(stored as Stored),
    serialize: (value) =>
      value === null || value === undefined ? null : serialize(value as Value),
    ...(isSame && {
      // A file may contain unchecked values: the key may have been added to the shape later.
      isSame: (one, other) =>
        validate(one) === undefined && validate(other) === undefined
          ? isSame(one as Value, other as Value)
          : isEqual(one, other),
    }),
  };
}
