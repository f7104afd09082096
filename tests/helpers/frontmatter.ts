import { isDeepStrictEqual } from 'node:util';
import type { Core } from '@strapi/strapi';
import { ROADMAP } from './roadmaps';

export const PANEL = `/content-manager/collection-types/${ROADMAP}`;
const PUBLICATION = 'plugin::frontmatter.publication';
const REFERENCE = 'plugin::frontmatter.reference';

type Row = Record<string, unknown>;

/** A row of the table of publications. */
export interface PublicationRow extends Row {
  id: number;
  seq: number;
  token: string;
  documentId: string;
  slug: string;
  state: 'live' | 'gone';
  reason: string;
  text: string | null;
  data: string | null;
  etag: string | null;
  changed: string[];
  dateReason: string | null;
  dateChanged: string[];
  isCurrent: boolean;
}

const service = (strapi: Core.Strapi, name: string) => strapi.plugin('frontmatter').service(name);

/** Finds publications, in the order of their sequence. */
export const findPublications = (strapi: Core.Strapi, where: object = {}) =>
  strapi.db
    .query(PUBLICATION as never)
    .findMany({ where, orderBy: { seq: 'asc' } }) as unknown as Promise<PublicationRow[]>;

const findReferences = (strapi: Core.Strapi, where: object = {}) =>
  strapi.db.query(REFERENCE as never).findMany({ where }) as unknown as Promise<Row[]>;

/** Returns a publication in short form: `live backend published`. */
export const brief = ({ state, slug, reason }: PublicationRow): string =>
  `${state} ${slug} ${reason}`;

/** Runs a task and returns the publications that it adds. */
export async function publishedBy(
  strapi: Core.Strapi,
  task: () => Promise<unknown>
): Promise<PublicationRow[]> {
  const [newest] = (await findPublications(strapi)).slice(-1);
  await task();
  return findPublications(strapi, { seq: { $gt: newest?.seq ?? 0 } });
}

/** Sets the time to noon UTC, which is on the same day in most time zones. */
export const setDay = (strapi: Core.Strapi, day: string) => setNow(strapi, `${day}T12:00:00Z`);

export const setNow = (strapi: Core.Strapi, moment: string) =>
  jest.spyOn(service(strapi, 'clock'), 'now').mockReturnValue(new Date(moment));

/** Imports a file as the command line does. Returns the result. */
export async function importText(
  strapi: Core.Strapi,
  slug: string,
  text: string,
  { draft = false, force = false } = {}
): Promise<{ action: string }> {
  const importer = service(strapi, 'importer');
  const options = { collection: 'roadmaps', draft, dryRun: false, force };
  const result = await importer.importFile({ slug, bytes: Buffer.from(text) }, options);
  await importer.finish('roadmaps');
  return result;
}

/** Returns what in the tables of the plugin does not match the content; empty if nothing. */
export async function findInconsistencies(strapi: Core.Strapi): Promise<string[]> {
  const shape = service(strapi, 'shapes').getByCollection('roadmaps');
  const populate = {
    keywords: true,
    tags: true,
    sponsor: { populate: ['event'] },
    relatedRoadmaps: true,
    relatedQuestions: true,
    ...Object.fromEntries(
      ['seo', 'schema', 'dimensions', 'question', 'sitemap'].map((name) => [name, true])
    ),
  };
  const rows = (await strapi.db
    .query(ROADMAP)
    .findMany({ where: { publishedAt: { $notNull: true } }, populate })) as Row[];
  const publications = await findPublications(strapi);
  return [
    ...findWrongTexts(rows, await service(strapi, 'renderer').render(shape, rows), publications),
    ...findWrongCurrents(publications),
    ...findWrongReferences(rows, await findReferences(strapi)),
  ];
}

function findWrongTexts(
  rows: Row[],
  rendered: { slug: string; text: string }[],
  publications: PublicationRow[]
): string[] {
  const live = publications.filter(({ isCurrent, state }) => isCurrent && state === 'live');
  const ids = new Set(rows.map(({ documentId }) => documentId));
  const orphans = live.filter(({ documentId }) => !ids.has(documentId));
  const wrong = rows.flatMap((row, index) => {
    const own = live.filter(({ documentId }) => documentId === row['documentId']);
    const expected = rendered[index];
    if (own.length !== 1) return [`${row['slug']} has ${own.length} live publications`];
    const isRight = own[0]?.slug === expected?.slug && own[0]?.text === expected?.text;
    return isRight ? [] : [`${row['slug']}: readers get\n${own[0]?.text}\nnot\n${expected?.text}`];
  });
  return [...wrong, ...orphans.map(({ slug }) => `${slug} is live and not published`)];
}

/** Finds publications with a wrong `isCurrent`: only the newest row of each slug is current. */
function findWrongCurrents(publications: PublicationRow[]): string[] {
  const newest = new Map(publications.map((row) => [row.slug, row.seq]));
  return publications
    .filter(({ slug, seq, isCurrent }) => isCurrent !== (newest.get(slug) === seq))
    .map(({ slug, seq }) => `${slug} ${seq} is wrongly current or not`);
}

function findWrongReferences(rows: Row[], references: Row[]): string[] {
  const idsOf = (target: unknown) =>
    ([target].flat() as (Row | null)[]).flatMap((entry) => (entry ? [entry['documentId']] : []));
  const wanted = rows.flatMap((row) => {
    const order = (row['relatedOrder'] ?? idsOf(row['relatedRoadmaps'])) as unknown[];
    const shown = {
      sponsor: idsOf(row['sponsor']),
      'seo.keywords': idsOf(row['keywords']),
      relatedRoadmaps: order.map((entry) => Object.values(entry as object)[0]),
      tags: idsOf(row['tags']),
    };
    return Object.entries(shown).flatMap(([path, targets]) =>
      targets.map((target, position) => [row['documentId'], path, position, target].join(' '))
    );
  });
  const found = references.map(({ ownerId, path, position, targetId, slug }) =>
    [ownerId, path, position, targetId ?? slug].join(' ')
  );
  return isDeepStrictEqual(wanted.sort(), found.sort())
    ? []
    : [`references are\n${found.join('\n')}\nnot\n${wanted.join('\n')}`];
}
