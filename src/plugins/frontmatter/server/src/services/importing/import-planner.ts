import type { Core, UID } from '@strapi/strapi';
import { isEqual } from 'es-toolkit';
import {
  differingLeaves,
  isDraftFile,
  isSameButLineEnds,
  lineEndVariants,
  mergeFile,
  parse,
  stateLeafOf,
  toFrontmatter,
  type FrontmatterData,
  type Issue,
  type ParsedFile,
  type Shape,
  type StoredDocument,
} from '../../../../core';
import { hashOf } from '../../../../node/text-hash';
import type { ImportConflict, ImportOptions } from '../../../../shared';
import { getDrafts } from '../rendering/drafts';
import { getExporter } from '../reading/exporter';
import {
  conflictIssues,
  removedDocumentIssue,
  draftOnlyIssue,
  markedDraftIssues,
  publicConflicts,
  outdatedIssue,
  stillDraftIssue,
  unmovedDateIssues,
} from './import-issues';
import { assertPrecondition } from './precondition';
import { getImportedFiles } from '../store/imported-files';
import { getPublications } from '../store/publications';
import { getRenderer } from '../rendering/renderer';

/** The intended content of a document. */
export interface ImportContent {
  value: FrontmatterData;
  body: string;
  source: ParsedFile;
}

/** What an import will do with one file. */
export type ImportPlan =
  | {
      kind: 'nothing';
      action: 'unchanged' | 'outdated';
      issues: Issue[];
      etag?: string | undefined;
    }
  | { kind: 'conflict'; issues: Issue[]; conflicts: ImportConflict[] }
  | {
      kind: 'create';
      file: ParsedFile;
      content: ImportContent;
      isPublished: boolean;
      issues: Issue[];
    }
  | {
      kind: 'update';
      file: ParsedFile;
      content: ImportContent;
      draft: StoredDocument;
      /** Paths whose values are not in the draft yet. */
      changed: readonly (readonly string[])[];
      isPublished: boolean;
      /** Whether the file turns a published document into a draft. */
      isUnpublished: boolean;
      issues: Issue[];
    };

type Options = Pick<ImportOptions, 'draft' | 'force' | 'precondition' | 'hidesDrafts'>;

/** Returns the intended file, given the one that the CMS exports now. */
type ToFile = (current: ParsedFile | undefined) => ParsedFile;

/** Decides what a file does to its document. Reads only. */
export function createImportPlanner({ strapi }: { strapi: Core.Strapi }) {
  const rows = (shape: Shape) => strapi.db.query(shape.contentType as UID.ContentType);

  /** Plans the import of a slug that the CMS once published, but that has no document now. */
  async function planRemoved(shape: Shape, slug: string, file: ParsedFile): Promise<ImportPlan> {
    const exporter = getExporter(strapi);
    const withDrafts = false;
    const [departure] = await exporter.departures(shape.collection, [slug], { withDrafts });
    let isKnown = false;
    for (const text of lineEndVariants(file.source.text)) {
      isKnown ||= await exporter.isKnownText(shape.collection, slug, text);
    }
    const issues = [removedDocumentIssue({ isKnown, departure })];
    return isKnown
      ? { kind: 'nothing', action: 'outdated', issues }
      : { kind: 'conflict', issues, conflicts: [] };
  }

  async function planUpdate(
    shape: Shape,
    toFile: ToFile,
    draft: StoredDocument,
    options: Options
  ): Promise<ImportPlan> {
    const renderer = getRenderer(strapi);
    const documentId = String(draft['documentId']);
    const history = await getPublications(strapi).findHistoryOf(documentId);
    const live = history.find(({ isCurrent, state }) => isCurrent && state === 'live');
    const now = await renderer.renderParsed(shape, draft);
    const [linked = draft] = await renderer.withLinks(shape, [draft], { withDrafts: true });
    const etag = (options.draft ? now.hash : live?.etag) ?? undefined;
    assertPrecondition(options.precondition, { etag, isThere: true });

    const hasUnpublishedChanges = live && (live.etag !== now.hash || live.slug !== now.slug);
    const file = toFile(now.file);
    const noted = options.draft ? [] : markedDraftIssues(shape, file);
    const isMarked = noted.length > 0;
    const mayPublish = !options.draft && !isMarked && !hasUnpublishedChanges;
    const isPublished =
      mayPublish && !isDraftFile(shape, file.data) && (live !== undefined || history.length === 0);
    const stored = toFrontmatter(shape, linked);
    // The first publication of a document must not show edits that exist only in the CMS.
    const mayGoLive = (changed: readonly (readonly string[])[] = []): boolean =>
      isPublished &&
      differingLeaves(shape, { data: stored, body: now.file.body }, file).every((path) =>
        changed.some((each) => isEqual(each, path))
      );
    // A client that sends the entity tag has read exactly this text and changed it.
    const isRead = Array.isArray(options.precondition?.ifMatch);
    const known = [now.file, ...(now.source ? [now.source] : [])];
    const parsed = (text: string): ParsedFile =>
      known.find(({ source }) => source.text === text) ?? parseKept(text);
    const published = history.flatMap(({ text }) => (text === null ? [] : parsed(text)));
    const imported = await getImportedFiles(strapi).findOf(documentId);
    const sourceEtag = now.source && hashOf(now.source.source.text);
    const lastFile = imported.find((each) => each.sourceEtag === sourceEtag);
    // Files that became the source or were published since are already among those.
    const others = imported.filter(
      (each) =>
        each !== lastFile &&
        !history.some(({ etag }) => etag === each.etag) &&
        each.etag !== sourceEtag
    );
    const publishAsIs = (): ImportPlan => {
      const content = { value: file.data, body: file.body, source: file };
      const update = { changed: [], isPublished: true, isUnpublished: false, issues: [] };
      return { kind: 'update', file, content, draft, ...update };
    };
    const result = mergeFile({
      shape,
      file,
      now: now.file,
      // If the file must win in any case, it is compared with the draft alone.
      ...(options.force
        ? { stored: now.file.data, history: [], base: now.file }
        : {
            stored,
            source: now.source,
            ...(lastFile && { lastFile: parseKept(lastFile.text) }),
            history: [...published, ...others.map(({ text }) => parseKept(text))],
            ...(isRead && { base: options.draft ? now.file : parsed(String(live?.text)) }),
          }),
    });
    switch (result.kind) {
      case 'conflict': {
        const conflicts = options.hidesDrafts
          ? publicConflicts(shape, result.conflicts, { published, live: live?.text })
          : result.conflicts;
        return { kind: 'conflict', conflicts, issues: conflictIssues(conflicts, file) };
      }
      case 'outdated': {
        const isStillDraft = isDraftFile(shape, now.file.data) && !isDraftFile(shape, file.data);
        const newest = lastFile?.text ?? now.source?.source.text ?? '';
        const isNewest = isSameButLineEnds(newest, file.source.text);
        // Happens after an import of drafts that link each other: until then, links were hidden.
        const isSource = newest === now.source?.source.text;
        if (!live && isNewest && isSource && mayGoLive()) return publishAsIs();
        const isWaiting = isNewest && (!live || hasUnpublishedChanges);
        return {
          kind: 'nothing',
          action: 'outdated',
          issues: isStillDraft
            ? [stillDraftIssue()]
            : [isWaiting ? draftOnlyIssue(live ? 'edited' : 'unpublished') : outdatedIssue()],
          etag,
        };
      }
      case 'unchanged': {
        if (!live && mayGoLive()) return publishAsIs();
        return { kind: 'nothing', action: 'unchanged', issues: noted, etag };
      }
      case 'merged': {
        const { value, body, changed } = result;
        const isDraft = isDraftFile(shape, value);
        const isStateChanged = changed.some((path) => isEqual(path, stateLeafOf(shape)?.path));
        const isUnpublished = isStateChanged && isDraft && live !== undefined && !options.draft;
        // A document whose file says that it is a draft is one on purpose, whatever it was before.
        const isEdited = now.source && now.source.source.text !== now.file.source.text;
        const isReleased =
          isStateChanged &&
          !isDraft &&
          mayPublish &&
          !isEdited &&
          now.source !== undefined &&
          isDraftFile(shape, now.source.data);
        const isToPublish = !isDraft && ((live ? isPublished : mayGoLive(changed)) || isReleased);
        const isHeldBack =
          !options.draft && !isMarked && !isToPublish && !isDraftFile(shape, file.data);
        return {
          kind: 'update',
          file,
          content: { value, body, source: result.source },
          draft,
          changed,
          isPublished: isToPublish,
          isUnpublished,
          issues: [
            ...unmovedDateIssues(shape, changed, file),
            ...noted,
            ...(isHeldBack ? [draftOnlyIssue(live ? 'edited' : 'unpublished')] : []),
          ],
        };
      }
    }
  }

  return {
    /** Whether readers get this file and nobody has edited the draft since. Costs two queries. */
    async isUnchanged(shape: Shape, slug: string, text: string): Promise<boolean> {
      const live = await getPublications(strapi).findLive(shape.collection, slug);
      if (!live || live.etag !== hashOf(text)) return false;
      const versions = (await rows(shape).findMany({
        select: ['updatedAt'],
        where: { documentId: live.documentId },
      })) as { updatedAt: string }[];
      const [one, other] = versions.map(({ updatedAt }) => new Date(updatedAt).getTime());
      return versions.length === 2 && one === other;
    },

    async plan(shape: Shape, slug: string, toFile: ToFile, options: Options): Promise<ImportPlan> {
      const { force, precondition } = options;
      const draft = await getDrafts(strapi).findRow(shape, slug);
      if (draft) return planUpdate(shape, toFile, draft, options);
      assertPrecondition(precondition, { etag: undefined, isThere: false });
      const file = toFile(undefined);
      const [current] = await getPublications(strapi).findCurrent(shape.collection, [slug]);
      // A client that requires that there is no document knows that it is gone.
      const isWanted = force || precondition?.ifNoneMatch === '*';
      if (current && !isWanted) return planRemoved(shape, slug, file);
      const content = { value: file.data, body: file.body, source: file };
      const issues = options.draft ? [] : markedDraftIssues(shape, file);
      const isPublished = !options.draft && issues.length === 0 && !isDraftFile(shape, file.data);
      return { kind: 'create', file, content, isPublished, issues };
    },
  };
}

/** @throws Error if the text is not a valid file: the CMS keeps only files that it could read. */
function parseKept(text: string): ParsedFile {
  const result = parse(text);
  if (result.kind === 'parsed') return result.file;
  throw new Error(`A kept text cannot be read: ${result.issues[0]?.message}`);
}
