import {
  datetime,
  defineField,
  defineShape,
  names,
  reference,
  state,
  text,
} from 'strapi-plugin-frontmatter/core';

const STRING = { maxLength: 255 };

/** `4 min` in a file, 4 in the CMS. */
const minutes = defineField<number, string>({
  attribute: 'readingMinutes',
  attributeTypes: ['integer'],
  jsonSchema: { type: 'string', pattern: '^\\d+ min$' },
  validate: (value) =>
    typeof value === 'string' && /^\d+ min$/.test(value)
      ? undefined
      : "expected a reading time such as '4 min'",
  parse: (stored) => `${stored} min`,
  serialize: (value) => Number.parseInt(value, 10),
});

export const shape = defineShape({
  collection: 'jekyll',
  contentType: 'api::jekyll-post.jekyll-post',
  slug: 'slug',
  body: 'body',
  source: 'source',
  files: ['_posts/{slug}.md', '{slug}.md'],
  keys: {
    layout: text(STRING),
    title: text({ ...STRING, required: true }),
    date: datetime(),
    published: state({ draftValue: false }),
    categories: names({ target: 'api::topic.topic' }),
    author: reference({ target: 'api::author.author' }),
    excerpt: text(),
    reading_time: minutes,
  },
});
