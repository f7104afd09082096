import {
  datetime,
  defineShape,
  group,
  list,
  markdown,
  media,
  names,
  reference,
  state,
  text,
} from 'strapi-plugin-frontmatter/core';

const STRING = { maxLength: 255 };

export const shape = defineShape({
  collection: 'astro',
  contentType: 'api::astro-post.astro-post',
  slug: 'slug',
  body: 'body',
  source: 'source',
  files: ['{slug}.md'],
  keys: {
    title: text({ ...STRING, required: true }),
    description: text(),
    pubDate: datetime({ required: true }),
    updatedDate: datetime(),
    heroImage: media(),
    author: reference({ target: 'api::author.author' }),
    tags: names({ target: 'api::topic.topic' }),
    draft: state(),
    faq: list(group({ question: text(), answer: markdown() }), { attribute: 'questions' }),
  },
});
