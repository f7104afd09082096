import { entry } from '../fields/entry';
import { links, names } from '../fields/references';
import { boolean, choice, date, integer, number, text, textList } from '../fields/values';
import { defineShape, type ShapeDeclaration } from '../shape';
import { group } from '../tree';

/** A small shape with every kind of field, for tests. */
export const articleDeclaration: ShapeDeclaration = {
  collection: 'articles',
  contentType: 'api::article.article',
  slug: 'slug',
  body: 'body',
  files: ['{slug}/{slug}.md', '{slug}.md'],
  keys: {
    title: text({ required: true, maxLength: 255 }),
    summary: text(),
    order: integer({ required: true }),
    rating: number({ minimum: 0, maximum: 1 }),
    isPinned: boolean(),
    layout: choice(['wide', 'narrow']),
    author: entry({
      target: 'api::author.author',
      editorName: { attribute: 'name', from: ['title', 'url'] },
      keys: {
        url: text({ required: true }),
        title: text(),
        contact: group({ label: text(), phone: text() }),
      },
      overrides: { 'contact.label': 'authorLabel' },
      placeholders: ['title'],
      window: { startsAt: 'startsAt', endsAt: 'endsAt' },
    }),
    meta: group({
      headline: text({ maxLength: 255 }),
      image: group({ width: number(), height: number() }),
      published: date({ attribute: 'published' }),
      modified: date({ attribute: 'modified' }),
      keywords: names({ attribute: 'keywords', target: 'api::keyword.keyword' }),
    }),
    related: links({ target: 'api::article.article' }),
    questions: textList({ itemAttribute: 'question' }),
  },
  dates: {
    published: 'published',
    modified: 'modified',
    override: 'modifiedOverride',
    minorEdit: 'minorEdit',
    relevant: ['title', 'summary', 'meta.headline', 'meta.image.width', 'related', 'questions', 'body'],
  },
};

export const articles = defineShape(articleDeclaration);
