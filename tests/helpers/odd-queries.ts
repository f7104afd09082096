import fc from 'fast-check';

/** Attributes of all kinds and of all four types, and names that are not attributes. */
const NAMES = [
  ...['id', 'documentId', 'slug', 'title', 'order', 'isNew', 'datePublished', 'dateOverride'],
  ...['createdAt', 'publishedAt', 'name', 'startsAt', 'locale', 'status', 'width', 'renderer'],
  ...['seo', 'dimensions', 'event', 'relatedQuestions', 'tags', 'keywords', 'relatedRoadmaps'],
  ...['sponsor', 'source', 'relatedOrder', 'createdBy', 'localizations'],
  ...['nothing', '*', '0', '', '__proto__', 'constructor', 'toString'],
];
const OPERATORS = [
  ...['$eq', '$eqi', '$ne', '$nei', '$in', '$notIn', '$lt', '$lte', '$gt', '$gte', '$between'],
  ...['$contains', '$notContains', '$containsi', '$notContainsi', '$startsWith', '$startsWithi'],
  ...['$endsWith', '$endsWithi', '$null', '$notNull', '$not', '$and', '$or', '$jsonSupersetOf'],
  ...['$nothing', '$', '$EQ'],
];
const VALUES = [
  ...['1', '0', '-1', '1.5', '1e400', 'NaN', '99999999999', '99999999999999999999', '0x10'],
  ...['true', 'false', 'null', 'undefined', '', '%20', "'", '%5C', '%25', '%F0%9F%8D%B5', '*'],
  ...['2026-01-31', '2026-02-31', '2026-13-01T00:00:00Z', '-271821-04-20T00:00:00Z', '12:30'],
  ...['{}', '[]', 'title:DESC', 'title:sideways', 'seo.title', 'a,b', ':', '.'],
];
/** Usual queries for attributes that all four types have. */
const USUAL = [
  ...[
    'filters[id][$gt]=0',
    'filters[documentId][$contains]=a',
    'filters[createdAt][$lt]=2100-01-01',
  ],
  ...['filters[id][$in][0]=1&filters[id][$in][1]=2', 'filters[$or][0][id]=1&filters[$or][1][id]=2'],
  ...['filters[$not][id]=1', 'filters[id][$between][]=1&filters[id][$between][]=9'],
  ...['filters[updatedAt][$notNull]=true', 'sort=id', 'sort=createdAt:desc,id', 'sort[id]=asc'],
  ...['pagination[page]=1', 'pagination[start]=0&pagination[limit]=2', 'status=published'],
];

const name = fc.constantFrom(...NAMES);
const operator = fc.constantFrom(...OPERATORS);
const index = fc.constantFrom('', '0', '1', '21', '-1');
const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...VALUES) },
  { weight: 1, arbitrary: fc.string({ maxLength: 8 }).map(encodeURIComponent) }
);
const keys = (...parts: fc.Arbitrary<string>[]) =>
  fc
    .array(fc.oneof(...parts), { maxLength: 4 })
    .map((path) => path.map((key) => `[${key}]`).join(''));
const dotted = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));
const order = fc
  .tuple(fc.oneof(name, dotted), fc.constantFrom('', ':asc', ':desc', ':', ':x'))
  .map((parts) => parts.join(''));

/** Combines the name of a parameter, the path to its value, and the value. */
const parameter = (...parts: fc.Arbitrary<string>[]) =>
  fc.tuple(...parts).map((texts) => `${texts.slice(0, -1).join('')}=${texts.at(-1)}`);
const constant = (text: string) => fc.constant(text);
const key = (of: fc.Arbitrary<string>) => of.map((text) => `[${text}]`);

const filter = fc.oneof(
  parameter(constant('filters'), key(name), key(operator), value),
  parameter(constant('filters'), key(name), key(name), key(operator), value),
  parameter(constant('filters'), key(name), key(operator), key(index), value),
  parameter(constant('filters'), keys(name, operator, index), value)
);
const sort = fc.oneof(
  parameter(constant('sort'), fc.array(order, { minLength: 1, maxLength: 3 }).map(String)),
  parameter(constant('sort'), keys(name, index), fc.oneof(order, value, constant('asc')))
);
const NESTED = ['populate', 'fields', 'sort', 'filters', 'on', 'count', 'limit', 'start', 'page'];
const populate = fc.oneof(
  parameter(constant('populate'), fc.oneof(dotted, value)),
  parameter(constant('populate'), keys(name, index), value),
  parameter(
    constant('populate'),
    key(name),
    key(fc.constantFrom(...NESTED)),
    keys(name, operator, index),
    fc.oneof(value, order)
  )
);
const PLACES = ['page', 'pageSize', 'start', 'limit', 'withCount', 'x'];
const OTHERS = [
  'status',
  'locale',
  'publicationFilter',
  'hasPublishedVersion',
  '_q',
  'filters',
  'x',
];
const other = fc.oneof(
  parameter(constant('fields'), keys(index), fc.oneof(dotted, value)),
  parameter(constant('pagination'), key(fc.constantFrom(...PLACES)), keys(index), value),
  parameter(fc.constantFrom(...OTHERS), keys(index, operator), value)
);

/** Queries that partly follow Strapi's grammar: `filters[title][$eq][$eq]=1&sort=id`. */
export const oddQuery = fc
  .tuple(
    fc.array(fc.constantFrom(...USUAL), { maxLength: 2 }),
    fc.array(fc.oneof(filter, filter, sort, populate, other), { minLength: 1, maxLength: 2 })
  )
  .map((parts) => parts.flat().join('&'));
