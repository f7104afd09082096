import type { Core, UID } from '@strapi/strapi';
import {
  dateReasonText,
  factsOf,
  getAt,
  linkedIds,
  lint,
  parse,
  readText,
  shownBetween,
  toLinkOrder,
  type DateDecision,
  type EntryField,
  type Issue,
  type LintFacts,
  type NamesField,
  type Shape,
  type StoredDocument,
} from '../../../../core';
import type { Preview, PreviewLink, WindowedEntry } from '../../../../shared';
import { datesOf, getDates, undated } from '../publishing/dates';
import { getClock } from '../foundation/clock';
import { getFormRow } from './form-row';
import type { DraftRow } from '../rendering/drafts';
import { getPublications } from '../store/publications';
import { getReferences } from '../store/references';
import { getRenderer, linksOf } from '../rendering/renderer';
import { serviceOf } from '../foundation/service-of';

interface FormState {
  draft: DraftRow | undefined;
  values: Readonly<Record<string, unknown>>;
  isCopy?: boolean | undefined;
}

/** Shows what readers would get if a document were published as its form is now. Writes nothing. */
export function createPreviewer({ strapi }: { strapi: Core.Strapi }) {
  const rows = (uid: string) => strapi.db.query(uid as UID.ContentType);

  /** Returns the targets of a row's links, in order. */
  async function linksOfRow(
    shape: Shape,
    row: StoredDocument
  ): Promise<(PreviewLink & { path: string })[]> {
    const found: (PreviewLink & { path: string })[] = [];
    for (const { path, attribute, field } of linksOf(shape)) {
      const relation = (row[attribute] ?? []) as { documentId: string }[];
      const stored = toLinkOrder(row[field.orderAttribute]);
      const order = stored ?? relation.map(({ documentId }) => ({ id: documentId }));
      const targets = await getRenderer(strapi).targetsOf(field, linkedIds(order), {
        withDrafts: true,
      });
      for (const entry of order) {
        if ('slug' in entry) found.push({ path, slug: entry.slug, state: 'pending' });
        const target = 'id' in entry ? targets.get(entry.id) : undefined;
        if (target && 'id' in entry) found.push({ path, ...target, documentId: entry.id });
      }
    }
    return found;
  }

  /** Returns the facts that the lint rules need about other documents. */
  async function factsOfOthers(
    shape: Shape,
    own: LintFacts,
    links: readonly PreviewLink[]
  ): Promise<LintFacts[]> {
    const hidden = leafOf(shape, shape.lint?.hidden);
    const position = { line: 1, column: 1 };
    const ids = links.flatMap(({ documentId }) => documentId ?? []);
    const targets = (await rows(shape.contentType).findMany({
      where: { documentId: { $in: ids }, publishedAt: { $notNull: true } },
    })) as DraftRow[];
    const linked = targets.map((target): LintFacts => {
      const back = linksOf(shape).filter(
        ({ field }) =>
          field.target === shape.contentType &&
          (toLinkOrder(target[field.orderAttribute]) ?? []).some((entry) =>
            'id' in entry ? entry.id === own.documentId : entry.slug === own.slug
          )
      );
      return {
        slug: String(target[shape.slug]),
        issues: [],
        links: back.map(({ path }) => ({ path, slug: own.slug, state: 'published', position })),
        isHidden: hidden !== undefined && getAt(target, hidden.attribute) === true,
      };
    });
    return [...linked, ...(await sharingPlace(shape, own))];
  }

  async function sharingPlace(
    shape: Shape,
    { place, documentId }: LintFacts
  ): Promise<LintFacts[]> {
    const lists = leafOf(shape, shape.lint?.order?.lists);
    const order = leafOf(shape, shape.lint?.order?.path);
    if (!place || !lists || !order) return [];
    const { nameAttribute } = lists.field as NamesField;
    const relation = lists.attribute.join('.');
    const others = (await rows(shape.contentType).findMany({
      select: ['documentId', shape.slug],
      where: {
        [order.attribute.join('.')]: place.order,
        [relation]: { [nameAttribute]: { $in: place.lists } },
        publishedAt: { $notNull: true },
        ...(documentId && { documentId: { $ne: documentId } }),
      },
      populate: { [relation]: true },
    })) as DraftRow[];
    return others.map((other) => ({
      slug: String(other[shape.slug]),
      issues: [],
      links: [],
      isHidden: false,
      place: {
        ...place,
        lists: (other[relation] as StoredDocument[]).map((entry) => String(entry[nameAttribute])),
      },
    }));
  }

  async function findingsOf(
    shape: Shape,
    { documentId, slug, text }: { documentId: string | undefined; slug: string; text: string },
    links: readonly (PreviewLink & { path: string })[]
  ): Promise<Issue[]> {
    // A form may contain what a file cannot, such as a control character.
    const parsed = parse(text);
    if (parsed.kind === 'refused') return parsed.issues;
    const today = getDates(strapi).today();
    const notes = readText(shape, text).issues;
    const own = factsOf(shape, { slug, file: parsed.file, notes, links, today });
    const facts = { ...own, ...(documentId && { documentId }) };
    const others = await factsOfOthers(shape, facts, links);
    const [result] = lint([facts, ...others], shape.lint);
    const errors = notes.filter(({ severity }) => severity === 'error');
    return [...errors, ...(result?.issues ?? [])];
  }

  return {
    /** Changes with what a preview depends on apart from the form: publications, draft and day. */
    async versionOf(draft: DraftRow | undefined): Promise<string> {
      const { seq } = await getPublications(strapi).cursor();
      return [seq, draft?.updatedAt ?? '', getDates(strapi).today()].join(' ');
    },

    /** @param form.isCopy Whether the form is of a copy of the draft, a separate document. */
    async preview(shape: Shape, { draft, values, isCopy = false }: FormState): Promise<Preview> {
      const documentId = isCopy ? undefined : draft?.documentId;
      const row = await getFormRow(strapi).withForm(shape, draft, values);
      if (isCopy) Object.assign(row, { documentId: undefined }, undated(shape));
      const previous = documentId ? await getPublications(strapi).findLatestOf(documentId) : null;
      const decision = getDates(strapi).decide(shape, previous, row);
      const dated = {
        ...row,
        ...(decision && datesOf(shape, decision)),
        // So that it is rendered as the published document that it would be.
        publishedAt: getClock(strapi).now().toISOString(),
      };
      const links = await linksOfRow(shape, dated);
      const [rendered] = await getRenderer(strapi).render(shape, [dated]);
      const { slug = '', text = '' } = rendered ?? {};
      const isLive = previous?.state === 'live';
      return {
        text,
        published: isLive ? previous.text : null,
        state: previous ? (isLive ? 'live' : 'unpublished') : 'new',
        slug: { before: isLive ? previous.slug : null, after: slug },
        scheduled: scheduledOf(shape, row),
        date: decision ? toPreviewDate(decision) : null,
        findings: await findingsOf(shape, { documentId, slug, text }, links),
        links: links.map(({ path: _path, ...link }) => link),
        linkedBy: documentId ? await getReferences(strapi).publishedLinking(shape, documentId) : [],
      };
    },
  };
}

/** Returns the entries that the row shows only during a window. */
const scheduledOf = (shape: Shape, row: StoredDocument): WindowedEntry[] =>
  shape.leaves.flatMap(({ path, attribute, field }): WindowedEntry[] => {
    const { window, editorName } = field as EntryField;
    const entry = getAt(row, attribute);
    if (field.kind !== 'entry' || !window || !entry) return [];
    const { startsAt, endsAt } = shownBetween(window, entry);
    if (!startsAt && !endsAt) return [];
    const name = getAt(entry, [editorName?.attribute ?? 'documentId']);
    return [
      {
        path: path.join('.'),
        name: String(name),
        startsAt: startsAt?.toISOString() ?? null,
        endsAt: endsAt?.toISOString() ?? null,
      },
    ];
  });

const toPreviewDate = ({ published, modified, reason, changed }: DateDecision) => ({
  published,
  modified,
  reason,
  changed,
  text: dateReasonText(reason, changed),
});

const leafOf = ({ leaves }: Shape, wanted: string | undefined) =>
  leaves.find(({ path }) => path.join('.') === wanted);

export const getPreviewer = serviceOf('previewer', createPreviewer);
