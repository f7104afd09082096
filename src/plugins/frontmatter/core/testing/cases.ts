/* eslint-disable no-restricted-imports -- only tests use this folder, and it is not built */
import fs from 'node:fs';
import path from 'node:path';
import { entry } from '../fields/entry';
import { links, names } from '../fields/references';
import { boolean, date, integer, number, text, textList } from '../fields/values';
import { defineShape } from '../shape';
import { group } from '../tree';

/** Real files, stored next to the repository and not part of it. */
export const CASES = path.resolve(__dirname, '../../../../../../shared/cases');

export const roadmaps = defineShape({
  collection: 'roadmaps',
  contentType: 'api::roadmap.roadmap',
  slug: 'slug',
  body: 'body',
  source: 'source',
  files: ['{slug}.md'],
  keys: {
    jsonUrl: text(),
    pdfUrl: text(),
    order: integer(),
    briefTitle: text(),
    briefDescription: text(),
    title: text(),
    description: text(),
    hasTopics: boolean(),
    isNew: boolean(),
    note: text(),
    question: group({ title: text(), description: text() }),
    dimensions: group({ width: number(), height: number() }),
    sponsor: entry({
      target: 'api::sponsor.sponsor',
      keys: {
        url: text(),
        title: text(),
        imageUrl: text(),
        description: text(),
        event: group({ category: text(), action: text(), label: text() }),
      },
    }),
    schema: group({
      headline: text(),
      description: text(),
      imageUrl: text(),
      datePublished: date({ attribute: 'datePublished' }),
      dateModified: date({ attribute: 'dateModified' }),
    }),
    seo: group({
      title: text(),
      description: text(),
      keywords: names({ attribute: 'keywords', target: 'api::keyword.keyword' }),
    }),
    relatedRoadmaps: links({ target: 'api::roadmap.roadmap', orderAttribute: 'relatedOrder' }),
    relatedQuestions: textList({ itemAttribute: 'question' }),
    sitemap: group({ priority: number(), changefreq: text() }),
    tags: names({ target: 'api::tag.tag' }),
  },
  dates: {
    published: 'datePublished',
    modified: 'dateModified',
    override: 'dateOverride',
    minorEdit: 'minorEdit',
    relevant: [],
  },
});

export function readCases(): { name: string; text: string }[] {
  if (!fs.existsSync(CASES)) return [];
  return fs
    .readdirSync(CASES, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^(roadmaps|seed)\b.*\.md$/.test(name)) // others have no complete roadmaps
    .map((name) => ({ name, text: fs.readFileSync(path.join(CASES, name), 'utf8') }));
}
