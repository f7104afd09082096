import { z } from 'zod';
import {
  DATE_REASONS,
  ISSUE_CODES,
  type FrontmatterData,
  type Issue,
  type Shape,
} from '../../../core';
import {
  AUTHOR_KINDS,
  DOCUMENT_STATUSES,
  IMPORT_ACTIONS,
  type Deletion,
  type Departure,
  type DocumentEntry,
  type FindChanges,
  type FindCollections,
  type FindDocument,
  type FindPublications,
  type FindPreview,
  type FindRedirects,
  type ImportConflict,
  type ImportFiles,
  type LintCollection,
  type ListDocuments,
  type PutDocument,
  type Upsert,
} from '../../../shared';

/*
 * The wire types once more, as values: OpenAPI is made from them, and `satisfies` keeps them from
 * saying anything that `shared` does not.
 */

/** Without the bounds of JavaScript, which `z.int()` would name each time. */
const integer = z.number().meta({ type: 'integer' });
const status = z.enum(DOCUMENT_STATUSES);
const meta = z.object({ collection: z.string(), status });
const etag = z.string().meta({ description: 'Hash of the file: 32 hexadecimal digits' });
const cursor = z.string().meta({ description: 'A position in the sequence of publications' });
const moment = z.string().meta({ format: 'date-time' });
const day = z.string().meta({ format: 'date' }).nullable();

const issue = z.object({
  code: z.enum(ISSUE_CODES),
  severity: z.enum(['error', 'note']),
  path: z.string().meta({ description: 'Keys from the top of the frontmatter, dotted' }),
  line: integer,
  column: integer,
  message: z.string(),
}) satisfies z.ZodType<Issue>;

const conflict = z.object({
  path: z.string(),
  base: z.unknown().optional(),
  file: z.unknown().optional(),
  cms: z.unknown().optional(),
}) satisfies z.ZodType<ImportConflict>;

const errorWith = <T extends z.ZodType>(details: T) =>
  z.object({
    data: z.null(),
    error: z.object({ status: integer, name: z.string(), message: z.string(), details }),
  });

const refusal = z.object({
  issues: z.array(issue),
  conflicts: z.array(conflict).exactOptional(),
}) satisfies z.ZodType<PutDocument.ErrorDetails>;

const collections = z.object({
  data: z.array(
    z.object({
      collection: z.string(),
      count: integer,
      cursor,
      files: z.array(z.string()),
      keys: z.array(z.object({ name: z.string(), required: z.boolean() })),
    })
  ),
  meta: z.strictObject({}),
}) satisfies z.ZodType<FindCollections.Response>;

const departure = z.union([
  z.object({ slug: z.string(), reason: z.literal('deleted') }),
  z.object({
    slug: z.string(),
    reason: z.literal('unpublished'),
    draft: z.string().exactOptional(),
  }),
  z.object({ slug: z.string(), reason: z.literal('renamed'), renamedTo: z.string() }),
]) satisfies z.ZodType<Departure>;

const publications = z.object({
  data: z.array(
    z.object({
      cursor,
      at: moment,
      slug: z.string(),
      state: z.enum(['live', 'gone']),
      reason: z.string(),
      changed: z.array(z.string()),
      by: z.object({ kind: z.enum(AUTHOR_KINDS), name: z.string().nullable() }).nullable(),
      hasText: z.boolean(),
      datePublished: day,
      dateModified: day,
      date: z
        .object({
          reason: z.enum(DATE_REASONS),
          changed: z.array(z.string()),
          text: z.string(),
        })
        .nullable(),
    })
  ),
  meta: z.object({
    collection: z.string(),
    slug: z.string(),
    before: cursor.nullable(),
    departure: departure.nullable(),
    isKnown: z.boolean().exactOptional(),
  }),
}) satisfies z.ZodType<FindPublications.Response>;

const redirects = z.object({
  data: z.array(z.object({ collection: z.string(), from: z.string(), to: z.string() })),
  meta: z.object({ cursor }),
}) satisfies z.ZodType<FindRedirects.Response>;

const documentPreview = z.object({
  data: z.object({
    collection: z.string(),
    slug: z.string(),
    frontmatter: z.record(z.string(), z.unknown()),
    body: z.string(),
  }),
}) satisfies z.ZodType<FindPreview.Response>;

const lintResults = z.object({
  data: z.array(z.object({ slug: z.string(), issues: z.array(issue) })),
  meta,
}) satisfies z.ZodType<LintCollection.Response>;

const putResult = z.object({
  data: z.object({
    slug: z.string(),
    action: z.enum(IMPORT_ACTIONS),
    etag: etag.nullable(),
    issues: z.array(issue),
  }),
  meta,
}) satisfies z.ZodType<PutDocument.Response>;

const importResult = z.object({
  data: z.array(
    z.object({
      file: z.string(),
      slug: z.string(),
      action: z.enum(IMPORT_ACTIONS),
      issues: z.array(issue),
      conflicts: z.array(conflict).exactOptional(),
      etag: etag.exactOptional(),
    })
  ),
  meta: meta.extend({
    dryRun: z.boolean(),
    counts: z.object(
      Object.fromEntries(IMPORT_ACTIONS.map((action) => [action, integer.exactOptional()]))
    ),
  }),
}) satisfies z.ZodType<ImportFiles.Response>;

const unreadableDraft = z.object({ slug: z.string(), message: z.string() });

const pagination = z.union([
  z.object({ page: integer, pageSize: integer, pageCount: integer, total: integer }),
  z.object({ start: integer, limit: integer, total: integer }),
]);

const deletion = z.object({
  action: z.literal('delete'),
  seq: integer,
  collection: z.string(),
  slug: z.string(),
  reason: z.enum(['unpublished', 'deleted', 'renamed', 'reconciled']),
  newSlug: z.string().exactOptional(),
}) satisfies z.ZodType<Deletion>;

/** Wire types that are the same whatever the collection, by the names of their components. */
export const commonSchemas: Record<string, z.ZodType> = {
  Error: errorWith(z.unknown()),
  Refusal: errorWith(refusal),
  Issue: issue,
  Conflict: conflict,
  Collections: collections,
  Publications: publications,
  Redirects: redirects,
  Preview: documentPreview,
  LintResults: lintResults,
  PutResult: putResult,
  ImportResult: importResult,
  Deletion: deletion,
};

/** Wire types of one collection. */
export function schemasOf(shape: Shape) {
  const frontmatter = shape.schema as z.ZodType<FrontmatterData>; // a shape's schema is that of a mapping
  const body = z.string().meta({ description: 'Markdown after the frontmatter' });
  const document = z.object({ slug: z.string(), etag, frontmatter, body });
  const part = z.looseObject({}).meta({ description: 'Only the keys that `fields` names' });
  const entry = z.object({
    slug: z.string(),
    etag,
    frontmatter: z.union([frontmatter, part]),
    body: body.exactOptional(),
  }) satisfies z.ZodType<DocumentEntry>;
  const upsert = document.extend({
    action: z.literal('upsert'),
    seq: integer,
    collection: z.literal(shape.collection),
    reason: z.enum(['published', 'updated', 'renamed', 'reference', 'window', 'reconciled']),
  }) satisfies z.ZodType<Upsert>;
  return {
    frontmatter,
    document,
    answer: z.object({ data: document, meta }) satisfies z.ZodType<FindDocument.Response>,
    entry,
    list: z.object({
      data: z.array(entry),
      meta: meta.extend({
        pagination,
        cursor,
        unreadable: z.array(unreadableDraft).exactOptional(),
      }),
    }) satisfies z.ZodType<ListDocuments.Response>,
    upsert,
  };
}

/** The feed, of all collections together. */
export const changesOf = (upserts: readonly z.ZodType<Upsert>[]) =>
  z.object({
    data: z.array(z.union([...upserts, deletion])),
    meta: z.object({ cursor, hasMore: z.boolean() }),
  }) satisfies z.ZodType<FindChanges.Response>;
