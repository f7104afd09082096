import {
  boolean,
  datetime,
  defineField,
  defineShape,
  group,
  list,
  media,
  names,
  number,
  reference,
  state,
  text,
} from '..';

/** `3 km` in a file, 3000 in the CMS. */
const distance = defineField<number, string>({
  attribute: 'distance',
  attributeTypes: ['integer'],
  jsonSchema: { type: 'string', pattern: '^\\d+ km$' },
  validate: (value) =>
    typeof value === 'string' && /^\d+ km$/.test(value)
      ? undefined
      : "expected a distance such as '3 km'",
  parse: (metres) => `${metres / 1000} km`,
  serialize: (value) => Number.parseInt(value, 10) * 1000,
});

/** A blog, for tests of the fields that its posts need. */
export const posts = defineShape({
  collection: 'posts',
  contentType: 'api::post.post',
  slug: 'slug',
  body: 'body',
  source: 'source',
  files: ['{slug}.md'],
  keys: {
    title: text({ maxLength: 255, required: true }),
    date: datetime(),
    draft: state(),
    author: reference({ target: 'api::author.author' }),
    cover: media(),
    tags: names({ target: 'api::tag.tag' }),
    links: list(
      group({
        title: text({ maxLength: 255 }),
        url: text(),
        isNew: boolean(),
        weight: number(),
      })
    ),
    distance,
  },
});
