import {
  choice,
  datetime,
  defineShape,
  group,
  names,
  reference,
  text,
} from 'strapi-plugin-frontmatter/core';

/** Longest value of an attribute of Strapi's type `string`. */
const STRING = { maxLength: 255 };

/** How a guide looks as a markdown file. */
export const shape = defineShape({
  collection: 'guides',
  contentType: 'api::guide.guide',
  slug: 'slug',
  body: 'body',
  source: 'source',
  tags: 'tags',
  files: ['{slug}.md'],
  keys: {
    title: text({ ...STRING, required: true }),
    description: text({ required: true }),
    author: reference({ target: 'api::author.author' }),
    date: datetime(),
    type: choice(['textual', 'visual', 'video']),
    seo: group({
      title: text(STRING),
      description: text(),
      ogImageUrl: text({ isUrl: true }),
    }),
    tags: names({ target: 'api::tag.tag' }),
  },
  lint: {
    titles: ['title', 'seo.title'],
    descriptions: ['description', 'seo.description'],
  },
});
