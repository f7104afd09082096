import type { Field, FieldOptions } from './field';
import { listSchema, REPEATABLE, valueField } from './values';
import {
  leavesOf,
  populateOf,
  readKeys,
  schemaOf,
  writeKeys,
  type Group,
  type KeyTree,
} from '../tree';

export interface ListField extends Field {
  itemKeys: KeyTree;
}

/** Declares a list of groups, stored as a repeatable component. Its items hold values only. */
export function list({ keys }: Group, options: FieldOptions = {}): ListField {
  const wrong = leavesOf(keys).find(({ field }) => field.kind !== 'value');
  if (wrong) {
    throw new Error(
      `The key '${wrong.path.join('.')}' of a list refers to other documents: its items hold values only`
    );
  }
  const nested = populateOf(keys);
  return {
    ...valueField('list', REPEATABLE, listSchema(schemaOf(keys)), options),
    itemKeys: keys,
    populate: Object.keys(nested).length > 0 ? { populate: nested } : true,
    parse(items, context) {
      if (!Array.isArray(items) || items.length === 0) return undefined;
      return items.map((item) => readKeys(keys, item, context));
    },
    serialize: (value) => ((value ?? []) as unknown[]).map((item) => writeKeys(keys, item)),
  };
}
