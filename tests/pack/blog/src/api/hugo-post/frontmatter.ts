import {
  datetime,
  defineShape,
  group,
  integer,
  list,
  media,
  names,
  reference,
  state,
  text,
} from 'strapi-plugin-frontmatter/core';

const STRING = { maxLength: 255 };

export const shape = defineShape({
  collection: 'hugo',
  contentType: 'api::hugo-post.hugo-post',
  slug: 'slug',
  body: 'body',
  source: 'source',
  files: ['{slug}/index.md', '{slug}.md'],
  keys: {
    title: text({ ...STRING, required: true }),
    date: datetime(),
    lastmod: datetime(),
    draft: state(),
    weight: integer(),
    description: text(),
    author: reference({ target: 'api::author.author' }),
    tags: names({ target: 'api::topic.topic' }),
    cover: group({
      image: media({ attribute: 'cover' }),
      alt: text({ ...STRING, attribute: 'coverText.alt' }),
      caption: text({ attribute: 'coverText.caption' }),
    }),
    links: list(group({ name: text(STRING), url: text() })),
  },
});
