import type { Core, UID } from '@strapi/strapi';
import { checkOperand, checkValues, integer } from './filter-values';
import { fail, isObject } from './invalid-query';

/** An attribute as the database knows it: components and media are relations there. */
interface Attribute {
  type: string;
  target?: UID.Schema;
}
type Attributes = Record<string, Attribute>;

/** A part of a query that Strapi has converted, and how it is written in a URL. */
interface Part {
  value: unknown;
  path: string;
  uid: UID.Schema;
}

/** Each relation needs two joins, of which SQLite allows 64. */
const MAX_RELATIONS = 30;
const NUMBERS = ['page', 'pageSize', 'start', 'offset', 'limit'];

/**
 * Makes plain REST and our lists reject queries that Strapi accepts but its database layer fails
 * on, such as an operator within an operator, or a sort by an attribute of a text.
 */
export function checkQueries(strapi: Core.Strapi): void {
  const attributesOf = (uid: UID.Schema) => strapi.db.metadata.get(uid).attributes as Attributes;
  const { validate } = strapi.contentAPI;
  const validateQuery = validate.query;
  validate.query = async (query, schema, options) => {
    const { filters, sort, fields, populate, pagination, _q } = query;
    // Strapi takes seconds to check thousands, and SQLite fails on them.
    if (String(sort).split(',').length > MAX_RELATIONS) {
      fail('sort', `must name at most ${MAX_RELATIONS} attributes`);
    }
    await validateQuery(query, schema, options);
    if (_q !== undefined && typeof _q !== 'string') fail('_q', 'must be a single text');
    checkNumbers(pagination, (key) => `pagination[${key}]`);
    const uid = schema.uid as UID.Schema;
    const parts = { filters, sort, fields, populate };
    createChecks(attributesOf).checkConverted({
      value: strapi.get('query-params').transform(uid, parts),
      path: '',
      uid,
    });
  };
}

function createChecks(attributesOf: (uid: UID.Schema) => Attributes) {
  let relations = 0;

  function attributeOf(uid: UID.Schema, name: string, path: string): Attribute {
    const attributes = attributesOf(uid);
    const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    return attribute ?? fail(path, `'${name}' is not an attribute of ${uid}`);
  }

  function countRelation(path: string): void {
    relations += 1;
    if (relations > MAX_RELATIONS) {
      fail(path, `is one too many: name at most ${MAX_RELATIONS} relations and sorts`);
    }
  }

  function checkFilters({ value, path, uid }: Part): void {
    if (!isObject(value)) fail(path, 'must name attributes');
    for (const [key, part] of Object.entries(value)) {
      const at = { value: part, path: `${path}[${key}]`, uid };
      if (key === '$and' || key === '$or') checkGroup(at);
      else if (key === '$not') checkFilters(at);
      else checkFilter(at, attributeOf(uid, key, at.path));
    }
  }

  function checkGroup({ value, path, uid }: Part): void {
    if (!Array.isArray(value)) fail(path, 'must be a list');
    value.forEach((one, index) => checkFilters({ value: one, path: `${path}[${index}]`, uid }));
  }

  function checkFilter({ value, path }: Part, { type, target }: Attribute): void {
    if (type !== 'relation') return checkOperand(value, path, type);
    countRelation(path);
    const keys = isObject(value) ? Object.keys(value) : [];
    const operator = keys.find((key) => key.startsWith('$'));
    if (operator && keys.length > 1) fail(path, 'must be attributes, or one operator');
    if (operator === '$not') fail(path, 'cannot hold $not: put it around the relation');
    const isOfAttributes = isObject(value) && (!operator || /^\$(and|or)$/.test(operator));
    if (!isOfAttributes) return checkOperand(value, path, 'increments');
    checkFilters({ value, path, uid: target ?? fail(path, 'cannot be filtered by attributes') });
  }

  function checkSort({ value, path, uid }: Part): void {
    for (const one of [value].flat(Infinity)) {
      if (!isObject(one)) fail(path, 'must name attributes');
      for (const [key, part] of Object.entries(one)) {
        const at = `${path}[${key}]`;
        countRelation(at);
        const { publishedAt, status } = attributesOf(uid);
        if (key === 'status' && publishedAt && !status) continue; // Strapi's own
        const { type, target } = attributeOf(uid, key, at);
        const isText = typeof part === 'string';
        if (type !== 'relation' && !isText) fail(at, 'must be asc or desc');
        if (type === 'relation' && (isText || !target)) fail(at, 'must name an attribute');
        if (target) checkSort({ value: part, path: at, uid: target });
      }
    }
  }

  function checkPopulate({ value, path, uid }: Part): void {
    if (!isObject(value)) return; // Strapi has checked names and dotted paths
    for (const [key, part] of Object.entries(value)) {
      const at = `${path}[${key}]`;
      const { target } = attributeOf(uid, key, at);
      const nested = { value: part, path: at, uid: target ?? uid };
      if (target && isObject(part)) createChecks(attributesOf).checkConverted(nested);
    }
  }

  /** @param part What Strapi converts the query of a request or a relation to. */
  function checkConverted({ value, path, uid }: Part): void {
    const at = (key: string): string => (path === '' ? key : `${path}[${key}]`);
    const { where, orderBy, select, populate } = value as Record<string, unknown>;
    if (where !== undefined) checkFilters({ value: where, path: at('filters'), uid });
    checkSort({ value: orderBy ?? [], path: at('sort'), uid });
    for (const name of (select ?? []) as string[]) attributeOf(uid, name, at('fields'));
    checkPopulate({ value: populate, path: at('populate'), uid });
    checkNumbers(value, at);
  }

  return { checkConverted };
}

function checkNumbers(value: unknown, at: (key: string) => string): void {
  if (!isObject(value)) return;
  for (const key of NUMBERS)
    if (value[key] !== undefined) checkValues(value[key], at(key), integer);
}
