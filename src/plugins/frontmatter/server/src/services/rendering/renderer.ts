import type { Core, UID } from '@strapi/strapi';
import { uniq } from 'es-toolkit';
import {
  asWritten,
  bodyOf,
  bodyOfText,
  dateRelevantContent,
  linkedIds,
  parseOrThrow,
  patchFile,
  render,
  resolveLinks,
  isDraftFile,
  stateLeafOf,
  STATE_ATTRIBUTE,
  toFrontmatter,
  toLinkOrder,
  withoutRejected,
  type FrontmatterData,
  type LinksField,
  type ParsedFile,
  type Shape,
  type StoredDocument,
} from '../../../../core';
import { hashOf } from '../../../../node/text-hash';
import { log } from '../foundation/log';
import { getClock } from '../foundation/clock';
import { serviceOf } from '../foundation/service-of';
import { getPublications } from '../store/publications';

export interface RenderedDocument {
  slug: string;
  /** What a parser reads from the text: keys in its order, even those unknown to the shape. */
  frontmatter: FrontmatterData;
  body: string;
  /** The markdown file. */
  text: string;
  /** Hash of `text`, 32 hexadecimal digits. */
  hash: string;
}

/** A document that another one links to. */
interface LinkTarget {
  slug: string;
  state: 'published' | 'unpublished';
}

type RenderedOrNot =
  ({ kind: 'rendered' } & RenderedDocument) | { kind: 'unreadable'; slug: string; message: string };

const CONTENT_HASH_LENGTH = 16;

/** Returns the fields of a shape that link other documents, with the attribute that holds them. */
export const linksOf = (shape: Shape): { attribute: string; path: string; field: LinksField }[] =>
  shape.leaves.flatMap(({ attribute, path, field }) =>
    field.kind === 'links'
      ? [{ attribute: attribute.join('.'), path: path.join('.'), field: field as LinksField }]
      : []
  );

/** Returns the attributes that no form writes: a form only sends back the values that it loaded. */
export const unwrittenAttributes = (shape: Shape): string[] => [
  shape.source,
  ...linksOf(shape).map(({ field }) => field.orderAttribute),
];

/** Turns rows of a type with a shape, populated as `populateOf` says, into what readers get. */
export function createRenderer({ strapi }: { strapi: Core.Strapi }) {
  /**
   * Finds the published documents that some links lead to, by document id.
   *
   * @param withDrafts Includes unpublished documents, under the slugs of their drafts.
   */
  async function targetsOf(
    field: LinksField,
    ids: readonly string[],
    { withDrafts = false } = {}
  ): Promise<Map<string, LinkTarget>> {
    if (ids.length === 0) return new Map();
    const rows = (await strapi.db.query(field.target as UID.ContentType).findMany({
      select: ['documentId', field.slugAttribute, 'publishedAt'],
      where: {
        documentId: { $in: uniq(ids) },
        ...(!withDrafts && { publishedAt: { $notNull: true } }),
      },
    })) as StoredDocument[];
    // Later rows win, and those are the published versions.
    rows.sort((a, b) => Number(Boolean(a['publishedAt'])) - Number(Boolean(b['publishedAt'])));
    return new Map(
      rows.map((row) => [
        String(row['documentId']),
        {
          slug: String(row[field.slugAttribute]),
          state: row['publishedAt'] ? 'published' : 'unpublished',
        },
      ])
    );
  }

  /**
   * Whether the text of an unpublished document states that it is a draft. A document that was only
   * imported as a draft states what its file does; otherwise that file could never be published.
   */
  async function saysState(shape: Shape, row: StoredDocument): Promise<boolean> {
    const source = row[shape.source];
    if (typeof source !== 'string') return true;
    if (isDraftFile(shape, parseOrThrow(source).data)) return true;
    return (await getPublications(strapi).findLatestOf(String(row['documentId']))) !== null;
  }

  /** Returns copies of rows; marks those of unpublished documents, if the shape has a state. */
  async function withState(
    shape: Shape,
    rows: readonly StoredDocument[]
  ): Promise<StoredDocument[]> {
    const copies = rows.map((row) => ({ ...row }));
    const drafts = copies.filter((row) => !row['publishedAt']);
    if (!stateLeafOf(shape) || drafts.length === 0) return copies;
    const published = await strapi.db.query(shape.contentType as UID.ContentType).findMany({
      select: ['documentId'],
      where: {
        documentId: { $in: drafts.map(({ documentId }) => documentId) },
        publishedAt: { $notNull: true },
      },
    });
    const ids = new Set(published.map(({ documentId }) => documentId));
    for (const row of drafts) {
      const isPublished = ids.has(row['documentId']);
      row[STATE_ATTRIBUTE] = !isPublished && (await saysState(shape, row));
    }
    return copies;
  }

  /**
   * Puts into each row what its links resolve to. The order in the row is authoritative, since
   * Strapi's own relation of a published row gains and loses links when targets are published.
   */
  async function withLinks(
    shape: Shape,
    rows: readonly StoredDocument[],
    options: { withDrafts?: boolean } = {}
  ) {
    const linked = await withState(shape, rows);
    for (const { attribute, field } of linksOf(shape)) {
      for (const row of linked) row[field.orderAttribute] = orderOf(row, attribute, field);
      const ids = linked.flatMap((row) => linkedIds(toLinkOrder(row[field.orderAttribute]) ?? []));
      const targets = await targetsOf(field, ids, options);
      for (const row of linked) {
        const order = toLinkOrder(row[field.orderAttribute]) ?? [];
        const isSelf = (id: string) =>
          field.target === shape.contentType && id === row['documentId'];
        const slugOf = (id: string) =>
          isSelf(id) ? String(row[shape.slug]) : targets.get(id)?.slug;
        row[attribute] = resolveLinks(order, slugOf).map((slug) => ({
          [field.slugAttribute]: slug,
        }));
      }
    }
    return linked;
  }

  /**
   * Returns the text of a document: what was imported, with the differences patched in.
   *
   * @param parsed The source of the document, if it was already parsed.
   */
  function toText(
    shape: Shape,
    row: StoredDocument,
    value: FrontmatterData,
    parsed?: ParsedFile
  ): RenderedText {
    const body = bodyOf(shape, row);
    const stored = row[shape.source];
    if (typeof stored !== 'string') {
      const text = render(value, body);
      return { text, frontmatter: value, body };
    }
    // The CMS stores only sources that it could parse.
    const source = parsed?.source.text === stored ? parsed : parseOrThrow(stored);
    const known = withoutRejected(shape, source.data, value);
    const wanted = asWritten(shape, value, { written: source.data, document: row });
    const { text, data, file } = patchFile(known, source, { value: wanted, body }, () => {
      const [slug, { collection }] = [String(row[shape.slug]), shape];
      log(
        strapi,
        'warn',
        `an edit of '${slug}' in '${collection}' went wrong, and its keys were written again: the values are right, comments within them are lost; this is a bug, report it with the file`,
        { collection, slug }
      );
    });
    return { text, frontmatter: data, body: file?.body ?? bodyOfText(text), source, file };
  }

  /**
   * @param linked Rows with what their links resolve to, as `withLinks` returns them.
   * @param source The source of the only row, if it was already parsed.
   */
  function renderLinked(
    shape: Shape,
    linked: readonly StoredDocument[],
    source?: ParsedFile
  ): RenderedDocument[] {
    const now = getClock(strapi).now();
    return linked.map((row) => {
      const { text, frontmatter, body } = toText(
        shape,
        row,
        toFrontmatter(shape, row, now),
        source
      );
      return { slug: String(row[shape.slug]), frontmatter, body, text, hash: hashOf(text) };
    });
  }

  /** @returns The error, which is also logged, if the document cannot be rendered. */
  function tryToRender(shape: Shape, row: StoredDocument): RenderedDocument | Error {
    try {
      return renderLinked(shape, [row])[0] as RenderedDocument; // one row gives one document
    } catch (error) {
      const [slug, documentId] = [String(row[shape.slug]), String(row['documentId'])];
      const { collection } = shape;
      const message = row['publishedAt']
        ? `'${slug}' in '${collection}' (document ${documentId}) cannot be rendered, and readers keep what they get of it: publish it from the panel or, if that is rejected, delete it there and import its file with --force`
        : `the draft of '${slug}' in '${collection}' (document ${documentId}) cannot be rendered and is left out: import its file again`;
      log(strapi, 'error', message, { collection, slug, documentId, error });
      return error as Error;
    }
  }

  return {
    targetsOf,
    withLinks,
    renderLinked,

    /** Like `renderLinked`, but a failed document is `undefined` and does not stop the others. */
    renderReadable: (shape: Shape, linked: readonly StoredDocument[]) =>
      linked.map((row): RenderedDocument | undefined => {
        const result = tryToRender(shape, row);
        return result instanceof Error ? undefined : result;
      }),

    render: async (shape: Shape, rows: readonly StoredDocument[]): Promise<RenderedDocument[]> =>
      renderLinked(shape, await withLinks(shape, rows)),

    /** Renders one document with its parsed files; those of many would take much memory. */
    async renderParsed(
      shape: Shape,
      row: StoredDocument
    ): Promise<{ slug: string; hash: string; file: ParsedFile; source: ParsedFile | undefined }> {
      const [linked = row] = await withLinks(shape, [row]);
      const value = toFrontmatter(shape, linked, getClock(strapi).now());
      const { text, source, file = parseOrThrow(text) } = toText(shape, linked, value);
      return { slug: String(row[shape.slug]), hash: hashOf(text), file, source };
    },

    /** Like `render`, but one by one, for lists: a document that fails does not keep others out. */
    renderEach: async (shape: Shape, rows: readonly StoredDocument[]): Promise<RenderedOrNot[]> =>
      (await withLinks(shape, rows)).map((row): RenderedOrNot => {
        const result = tryToRender(shape, row);
        return result instanceof Error
          ? { kind: 'unreadable', slug: String(row[shape.slug]), message: result.message }
          : { kind: 'rendered', ...result };
      }),

    /** Returns hashes of the values that move the date, by path. */
    contentOf(shape: Shape, row: StoredDocument): Record<string, string> {
      const normal = { ...row };
      for (const { attribute, field } of linksOf(shape)) {
        normal[field.orderAttribute] = orderOf(row, attribute, field);
      }
      const entries = Object.entries(dateRelevantContent(shape, normal)).map(
        ([path, value]) =>
          [path, hashOf(JSON.stringify(value ?? null)).slice(0, CONTENT_HASH_LENGTH)] as const
      );
      return Object.fromEntries(entries);
    },
  };
}

interface RenderedText {
  text: string;
  frontmatter: FrontmatterData;
  body: string;
  source?: ParsedFile | undefined;
  /** The parsed text, if it was parsed anyway. */
  file?: ParsedFile | undefined;
}

/** Returns the order of a row's links: for a row that bypassed the CMS, that of its relation. */
function orderOf(row: StoredDocument, attribute: string, field: LinksField) {
  const relation = (row[attribute] ?? []) as { documentId?: string }[];
  return (
    toLinkOrder(row[field.orderAttribute]) ??
    relation.flatMap(({ documentId }) => (documentId ? [{ id: documentId }] : []))
  );
}

export const getRenderer = serviceOf('renderer', createRenderer);
