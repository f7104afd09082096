import { entry } from './fields/entry';
import { date, number, text } from './fields/values';
import { frontmatterSchema, typeNameOf } from './json-schema';
import { defineShape } from './shape';
import { articleDeclaration, articles } from './testing/shape';
import { group, type KeyTree } from './tree';

const INT32 = { minimum: -2_147_483_648, maximum: 2_147_483_647 };
const line = { type: 'string', pattern: '\\S' };
const name = { ...line, maxLength: 255 };
const optionalText = { type: ['string', 'null'] };
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
const objectOf = (properties: object, required?: string[]) => ({
  type: 'object',
  properties,
  ...(required && { required }),
  additionalProperties: {},
});

const withKeys = (keys: KeyTree) =>
  defineShape({ ...articleDeclaration, keys: { ...articleDeclaration.keys, ...keys } });

test('the schema describes what the field of each key accepts', () => {
  expect(frontmatterSchema(articles)).toEqual({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'ArticleFrontmatter',
    description:
      "Frontmatter of a document in 'articles'. Keys that are not named here are kept and served as they are.",
    ...objectOf(
      {
        title: name,
        summary: optionalText,
        order: { type: 'integer', ...INT32 },
        rating: orNull({ type: 'number', minimum: 0, maximum: 1 }),
        isPinned: { type: ['boolean', 'null'] },
        layout: orNull({ type: 'string', enum: ['wide', 'narrow'] }),
        author: orNull(
          objectOf(
            {
              url: line,
              title: optionalText,
              contact: orNull(objectOf({ label: optionalText, phone: optionalText })),
            },
            ['url']
          )
        ),
        meta: orNull(
          objectOf({
            headline: orNull({ type: 'string', maxLength: 255 }),
            width: { type: ['number', 'null'] },
            published: orNull({ type: 'string', format: 'date' }),
            modified: orNull({ type: 'string', format: 'date' }),
            keywords: orNull({ type: 'array', items: name }),
          })
        ),
        related: orNull({
          type: 'array',
          items: {
            type: 'string',
            pattern: '^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$',
            maxLength: 255,
          },
        }),
        questions: orNull({ type: 'array', items: line }),
      },
      ['title', 'order']
    ),
  });
});

test('a key has the description of its field', () => {
  const shape = withKeys({
    title: text({ required: true, description: 'Above all' }),
    event: group({ day: date({ description: 'The first day' }) }),
    owner: entry({ target: 'api::owner.owner', keys: { url: text() }, description: 'Who pays' }),
  });

  expect(frontmatterSchema(shape).properties).toMatchObject({
    title: { ...line, description: 'Above all' },
    event: orNull({ properties: { day: { description: 'The first day' } } }),
    owner: { description: 'Who pays' },
  });
});

test('a number with one bound has only that one', () => {
  const shape = withKeys({ price: number({ minimum: 0 }) });

  expect(frontmatterSchema(shape).properties?.['price']).toEqual(
    orNull({ type: 'number', minimum: 0 })
  );
});

test('a type is named after its content type', () => {
  const contentType = 'api::blog.blog-post';

  expect(typeNameOf(articles)).toBe('Article');
  expect(typeNameOf(defineShape({ ...articleDeclaration, contentType }))).toBe('BlogPost');
});
