import fc from 'fast-check';
import { anyCharacter } from '../../../../../tests/helpers/any-text';
import { entry } from '../fields/entry';
import { links, names } from '../fields/references';
import { boolean, choice, date, integer, number, text, textList } from '../fields/values';
import type { Issue } from '../issue';
import { read } from '../read/read';
import { defineShape, type ShapeDeclaration } from '../shape';
import { isSlug } from '../slug';
import { group } from '../tree';

/** A small shape with every kind of field. */
export const articleDeclaration = {
  collection: 'articles',
  contentType: 'api::article.article',
  slug: 'slug',
  body: 'body',
  source: 'source',
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
      overrides: { 'contact.label': { attribute: 'authorLabel', placeholders: ['title'] } },
      window: { startsAt: 'startsAt', endsAt: 'endsAt' },
    }),
    meta: group({
      headline: text({ maxLength: 255 }),
      width: number(),
      published: date({ attribute: 'published' }),
      modified: date({ attribute: 'modified' }),
      keywords: names({ attribute: 'keywords', target: 'api::keyword.keyword' }),
    }),
    related: links({ target: 'api::article.article', orderAttribute: 'relatedOrder' }),
    questions: textList({ itemAttribute: 'question' }),
  },
  dates: {
    published: 'published',
    modified: 'modified',
    override: 'modifiedOverride',
    minorEdit: 'minorEdit',
    relevant: ['title', 'summary', 'meta.headline', 'meta.width', 'related', 'questions', 'body'],
  },
} satisfies ShapeDeclaration;

export const articles = defineShape(articleDeclaration);

/** Returns a markdown file with these lines as its frontmatter, and no body. */
export const fileOf = (...lines: string[]): string => ['---', ...lines, '---', ''].join('\n');

/** The required keys of an article. */
export const validLines = ["title: 'T'", 'order: 1'];

/** Formats an issue on one line: `3:8 error invalid-type order: expected …`. */
export const lineOf = ({ line, column, severity, code, path, message }: Issue): string =>
  `${line}:${column} ${severity} ${code} ${path ? `${path}: ` : ''}${message}`;

/** Returns the issues of an article's file, each on one line. */
export const issuesOf = (file: string | Uint8Array): string[] =>
  read(articles, file).issues.map(lineOf);

// eslint-disable-next-line no-control-regex -- control characters are what it takes out
const FORBIDDEN_CHARACTERS = /[\u0000-\u0008\u000B-\u001F\u007F-\u0084\u0086-\u009F\uFFFE\uFFFF]/g;

/** Texts that trip up YAML, editors and databases. */
const AWKWARD = [
  ...["'", '"', ':', ': ', '#', ' #', '-', '- ', '|', '>', '%', '@', '`', '&a', '*a', '!b', '\\'],
  ...['[', ']', '{', '}', ',', '?', '=', '<<', '---', '...', '~', 'null', 'yes', '1', '0x1', '.5'],
  ...[' ', '  ', '\n', '\n\n', '\n \n', '\n---\n', '\t', '\u00a0', '\u0085', '\u2028', '\u2029'],
  ...['\uFEFF', '\\n', '{title}', 'x'.repeat(80)],
  ...['é', 'e\u0301', '日本', '👩‍💻', '😀', '2026-05-01'],
];

/** Text that a file may hold, including blank but not empty text, which equals an absent one. */
export const awkwardText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...AWKWARD), fc.string({ unit: anyCharacter })), {
    maxLength: 12,
  })
  .map((parts) => parts.join('').replace(FORBIDDEN_CHARACTERS, ''))
  .filter((value) => value !== '');

const shortText = awkwardText.map((value) => `x${value.slice(0, 250).toWellFormed()}`);
const authorUrl = awkwardText.map((value) => `https://example.com/${value}`);
/** Excludes -0, which is imported as 0. */
const finiteNumber = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const day = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((moment) => moment.toISOString().slice(0, 10));
const slug = fc.stringMatching(/^[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,10}$/).filter(isSlug);
const someOf = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 5 });
const withKeys = <T extends object>(value: T) => Object.keys(value).length > 0;

/** Frontmatter of an article: any keys left out, any repeats in lists, keys in canonical order. */
export const articleFrontmatter = fc.record(
  {
    title: shortText,
    summary: awkwardText,
    order: fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }),
    rating: fc.double({ noNaN: true, min: 0, max: 1 }).map((value) => value + 0),
    isPinned: fc.boolean(),
    layout: fc.constantFrom('wide', 'narrow'),
    author: fc.record(
      {
        url: authorUrl,
        title: awkwardText,
        contact: fc
          .record({ label: awkwardText, phone: awkwardText }, { requiredKeys: [] })
          .filter(withKeys),
      },
      { requiredKeys: ['url'] }
    ),
    meta: fc
      .record(
        {
          headline: shortText,
          width: finiteNumber,
          published: day,
          modified: day,
          keywords: someOf(shortText),
        },
        { requiredKeys: [] }
      )
      .filter(withKeys),
    related: someOf(slug),
    questions: someOf(shortText),
  },
  { requiredKeys: ['title', 'order'] }
);

/** Markdown with LF line endings, including fences. */
export const articleBody: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom('\n', '---\n', '\n---', '```', '# ', ' '), fc.string()))
  .map((parts) => parts.join('').replaceAll('\r', ''));
