import type { Core, UID } from '@strapi/strapi';
import {
  factsOf,
  lint,
  linkedIds,
  parse,
  readText,
  toLinkOrder,
  type KeptLink,
  type LintFacts,
  type LinkOrder,
  type Shape,
} from '../../../../core';
import type { Linter } from '../../../../shared';
import { getDates } from '../publishing/dates';
import { yieldToReaders } from '../foundation/yield-to-readers';
import { documentPages, type DocumentRow } from '../store/document-rows';
import { getPublications } from '../store/publications';
import { getRenderer, linksOf } from '../rendering/renderer';
import { getShapes } from '../foundation/shapes';
import { serviceOf } from '../foundation/service-of';

/** Number of documents whose texts are in memory at once. */
const PAGE_SIZE = 50;

interface Text {
  documentId: string;
  slug: string;
  text: string;
}

/** Checks all documents of a collection for problems that editors would want to know about. */
export function createLinter({ strapi }: { strapi: Core.Strapi }): Linter {
  const rows = (uid: string) => strapi.db.query(uid as UID.ContentType);

  async function* publishedTexts(shape: Shape): AsyncGenerator<Text[]> {
    const pages = getPublications(strapi).liveOf(shape.collection, {
      pageSize: PAGE_SIZE,
      select: ['documentId', 'slug', 'text'],
    });
    for await (const page of pages) {
      yield page.map(({ documentId, slug, text }) => ({ documentId, slug, text: text ?? '' }));
    }
  }

  async function* draftTexts(shape: Shape): AsyncGenerator<Text[]> {
    for await (const page of documentPages(strapi, shape, { isDraft: true, pageSize: PAGE_SIZE })) {
      const rendered = await getRenderer(strapi).renderEach(shape, page);
      yield rendered.flatMap((each, index) =>
        each.kind === 'rendered'
          ? [{ documentId: page[index]?.documentId ?? '', slug: each.slug, text: each.text }]
          : []
      );
    }
  }

  /** Returns the stored links of documents by document id, even those that readers do not get. */
  async function keptLinks(
    shape: Shape,
    documentIds: readonly string[],
    isDraft: boolean
  ): Promise<Map<string, KeptLink[]>> {
    const links = linksOf(shape);
    const orders = links.map(({ field }) => field.orderAttribute);
    const owners = (await rows(shape.contentType).findMany({
      select: ['documentId', ...orders],
      where: {
        documentId: { $in: [...documentIds] },
        publishedAt: isDraft ? { $null: true } : { $notNull: true },
      },
    })) as DocumentRow[];
    const kept = new Map<string, KeptLink[]>(owners.map(({ documentId }) => [documentId, []]));
    for (const { path, field } of links) {
      const orderOf = (owner: DocumentRow): LinkOrder =>
        toLinkOrder(owner[field.orderAttribute]) ?? [];
      const targets = await getRenderer(strapi).targetsOf(
        field,
        linkedIds(owners.flatMap(orderOf)),
        { withDrafts: true }
      );
      for (const owner of owners) {
        const found = orderOf(owner).flatMap((entry): KeptLink[] => {
          if ('slug' in entry) return [{ path, slug: entry.slug, state: 'pending' }];
          const target = targets.get(entry.id);
          return target ? [{ path, ...target }] : []; // deleted
        });
        kept.get(owner.documentId)?.push(...found);
      }
    }
    return kept;
  }

  async function factsOfPage(
    shape: Shape,
    page: readonly Text[],
    isDraft: boolean
  ): Promise<LintFacts[]> {
    const ids = page.map(({ documentId }) => documentId);
    const links = await keptLinks(shape, ids, isDraft);
    const today = getDates(strapi).today();
    return page.flatMap(({ documentId, slug, text }) => {
      // A draft may be incomplete: publishing it reports what is missing.
      const parsed = parse(text);
      if (parsed.kind === 'refused') return [];
      const { file } = parsed;
      const notes = readText(shape, text).issues;
      return [factsOf(shape, { slug, file, notes, links: links.get(documentId) ?? [], today })];
    });
  }

  return {
    async lint(collection, { status }) {
      const shape = getShapes(strapi).getByCollection(collection);
      const isDraft = status === 'draft';
      const facts: LintFacts[] = [];
      for await (const page of isDraft ? draftTexts(shape) : publishedTexts(shape)) {
        facts.push(...(await factsOfPage(shape, page, isDraft)));
        await yieldToReaders(strapi);
      }
      return lint(facts, shape.lint)
        .filter(({ issues }) => issues.length > 0)
        .sort((one, other) => (one.slug < other.slug ? -1 : 1));
    },
  };
}

export const getLinter = serviceOf('linter', createLinter);
