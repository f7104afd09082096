import { z } from 'zod';
import {
  DATE_REASONS,
  ISSUE_CODES,
  type FrontmatterData,
  type Issue,
  type LintResult,
  type Shape,
} from '../core';
import { AUTHOR_KINDS, DOCUMENT_STATUSES, IMPORT_ACTIONS, type ImportAction } from './kinds';

/*
 * What the routes for readers and for files answer. OpenAPI is generated from the schemas, and the
 * types are inferred from them. `index.ts` exports only the types, to keep zod out of the panel.
 */

/** Without the bounds of JavaScript, which `z.int()` would include each time. */
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
  /** Dotted; empty if something other than values differs: comments, layout, unknown keys. */
  path: z.string(),
  /** Absent if that side has no such key. */
  base: z.unknown().optional(),
  file: z.unknown().optional(),
  cms: z.unknown().optional(),
});
export type ImportConflict = z.infer<typeof conflict>;

const errorWith = <T extends z.ZodType>(details: T) =>
  z.object({
    data: z.null(),
    error: z.object({ status: integer, name: z.string(), message: z.string(), details }),
  });

const refusal = z.object({
  issues: z.array(issue),
  conflicts: z.array(conflict).exactOptional(),
});

const collections = z.object({
  data: z.array(
    z.object({
      collection: z.string(),
      /** Published documents. */
      count: integer,
      /** The position of the newest publication of the collection. */
      cursor,
      /** Names of its files below a folder, the preferred one first, with `{slug}` for the slug. */
      files: z.array(z.string()),
      /** Keys at the top of its frontmatter. */
      keys: z.array(z.object({ name: z.string(), required: z.boolean() })),
    })
  ),
  meta: z.strictObject({}),
});

/** `GET /api/frontmatter` */
export namespace FindCollections {
  export type Response = z.infer<typeof collections>;
}

const departure = z.union([
  z.object({ slug: z.string(), reason: z.literal('deleted') }),
  z.object({
    slug: z.string(),
    reason: z.literal('unpublished'),
    /** Its draft as a file, if its shape marks drafts in the file. */
    draft: z.string().exactOptional(),
  }),
  z.object({ slug: z.string(), reason: z.literal('renamed'), renamedTo: z.string() }),
]);

/** Why a slug is not published (any longer). Slugs that the CMS never knew have none. */
export type Departure = z.infer<typeof departure>;

const author = z.object({
  kind: z.enum(AUTHOR_KINDS),
  /** The name at that time, which outlives the account. `null` for an author without one. */
  name: z.string().nullable(),
});
export type Author = z.infer<typeof author>;

const historyEntry = z.object({
  /** Its position in the sequence of all publications. */
  cursor,
  /** ISO 8601. */
  at: moment,
  slug: z.string(),
  state: z.enum(['live', 'gone']),
  reason: z.string(),
  /** Paths of the keys whose values differ from the previous entry. */
  changed: z.array(z.string()),
  /** Who published; `null` for entries from earlier versions of the plugin. */
  by: author.nullable(),
  /** Whether its text is still kept. */
  hasText: z.boolean(),
  /** The dates that readers got with it, `YYYY-MM-DD`. */
  datePublished: day,
  dateModified: day,
  /** Why `dateModified` is what it is; `null` if nobody published, e.g. on renaming an author. */
  date: z
    .object({
      reason: z.enum(DATE_REASONS),
      changed: z.array(z.string()),
      text: z.string(),
    })
    .nullable(),
});

/** One time when what readers get of a document changed or ended. */
export type HistoryEntry = z.infer<typeof historyEntry>;

const publications = z.object({
  data: z.array(historyEntry),
  meta: z.object({
    collection: z.string(),
    slug: z.string(),
    /** Cursor of the next page, if there may be one. */
    before: cursor.nullable(),
    /** Why the slug is not published; `null` while it is. */
    departure: departure.nullable(),
    /** Whether the CMS once imported or served the text of this `etag`; absent without one. */
    isKnown: z.boolean().exactOptional(),
  }),
});

/** `GET /api/frontmatter/:collection/:slug/publications` */
export namespace FindPublications {
  export type Response = z.infer<typeof publications>;
}

const redirects = z.object({
  /** In order of collection and old slug. */
  data: z.array(z.object({ collection: z.string(), from: z.string(), to: z.string() })),
  /** The newest position in the change feed: reading from it returns only later changes. */
  meta: z.object({ cursor }),
});

/** `GET /api/frontmatter/redirects`: old addresses of renamed documents */
export namespace FindRedirects {
  export type Response = z.infer<typeof redirects>;
}

const documentPreview = z.object({
  data: z.object({
    collection: z.string(),
    slug: z.string(),
    frontmatter: z.record(z.string(), z.unknown()),
    /** Markdown. */
    body: z.string(),
  }),
});

/** `GET /api/frontmatter/preview/:link`: a document as its editor sees it, for a page of a site */
export namespace FindPreview {
  export type Response = z.infer<typeof documentPreview>;
}

const lintResult = z.object({
  slug: z.string(),
  issues: z.array(issue),
}) satisfies z.ZodType<LintResult>;

const lintResults = z.object({ data: z.array(lintResult), meta });

/** `GET /api/frontmatter/:collection/lint` */
export namespace LintCollection {
  export type Response = z.infer<typeof lintResults>;
}

const putResult = z.object({
  data: z.object({
    slug: z.string(),
    action: z.enum(IMPORT_ACTIONS),
    etag: etag.nullable(),
    issues: z.array(issue),
  }),
  meta,
});

/** `PUT /api/frontmatter/:collection/:slug` */
export namespace PutDocument {
  export type Response = z.infer<typeof putResult>;
  /** `error.details` of 409 and 422. */
  export type ErrorDetails = z.infer<typeof refusal>;
}

const fileResult = z.object({
  /** Name of the file as it was sent. */
  file: z.string(),
  slug: z.string(),
  action: z.enum(IMPORT_ACTIONS),
  issues: z.array(issue),
  conflicts: z.array(conflict).exactOptional(),
  etag: etag.exactOptional(),
});

const counts = z.object(
  Object.fromEntries(IMPORT_ACTIONS.map((action) => [action, integer.exactOptional()])) as Record<
    ImportAction,
    z.ZodExactOptional<typeof integer>
  >
);

const importResult = z.object({
  data: z.array(fileResult),
  meta: meta.extend({ dryRun: z.boolean(), counts }),
});

/**
 * `POST /api/frontmatter/import`, multipart with files in the field `files`; if a folder takes
 * several requests, the field `batch` lists the slugs of all its files in each, one per line
 */
export namespace ImportFiles {
  export type FileResult = z.infer<typeof fileResult>;
  export type Response = z.infer<typeof importResult>;
}

const unreadableDraft = z.object({ slug: z.string(), message: z.string() });

/** A draft that no list can show, with the reason. */
export type UnreadableDraft = z.infer<typeof unreadableDraft>;

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
  /** The current slug of a renamed document that is still published. */
  newSlug: z.string().exactOptional(),
});

/** A slug of which readers no longer get anything. */
export type Deletion = z.infer<typeof deletion>;

/** Wire types that are the same for all collections, by the names of their components. */
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

/** Returns the wire types of one collection. */
export function schemasOf(shape: Shape) {
  const frontmatter = shape.schema as z.ZodType<FrontmatterData>; // always a mapping
  const body = z.string().meta({ description: 'Markdown after the frontmatter' });
  const document = z.object({ slug: z.string(), etag, frontmatter, body });
  const part = z.looseObject({}).meta({ description: 'Only the keys that `fields` names' });
  const entry = z.object({
    slug: z.string(),
    /** The entity tag of each representation begins with it. */
    etag,
    frontmatter: z.union([frontmatter, part]),
    /** Absent if `fields` does not name it. */
    body: body.exactOptional(),
  });
  const upsert = document.extend({
    action: z.literal('upsert'),
    /** Position in the sequence of all publications; rises, with gaps. */
    seq: integer,
    collection: z.literal(shape.collection),
    reason: z.enum(['published', 'updated', 'renamed', 'reference', 'window', 'reconciled']),
  });
  return {
    frontmatter,
    document,
    answer: z.object({ data: document, meta }),
    entry,
    list: z.object({
      data: z.array(entry),
      meta: meta.extend({
        /** In the terms that the request uses. */
        pagination,
        /** Position of the newest publication: changes since then are read from here. */
        cursor,
        /** Drafts omitted because their stored file cannot be read; absent if there are none. */
        unreadable: z.array(unreadableDraft).exactOptional(),
      }),
    }),
    upsert,
  };
}
type Schemas = ReturnType<typeof schemasOf>;

/** `GET /api/frontmatter/:collection/:slug` as `application/json` without an extension */
export namespace FindDocument {
  export type Response = z.infer<Schemas['answer']>;
}

/** A document in an answer that holds several. */
export type DocumentEntry = z.infer<Schemas['entry']>;

/**
 * `GET /api/frontmatter/:collection`; as `application/x-ndjson`, one `DocumentEntry` per line, for
 * all documents that match
 */
export namespace ListDocuments {
  export type Response = z.infer<Schemas['list']>;
}

/** What readers get of a slug from now on. */
export type Upsert = z.infer<Schemas['upsert']>;

export type Change = Upsert | Deletion;

/** Returns the schema of the feed, of all collections together. */
export const changesOf = (upserts: readonly Schemas['upsert'][]) =>
  z.object({
    data: z.array(z.union([...upserts, deletion])),
    meta: z.object({
      /** To send as `since` next time. */
      cursor,
      /** Whether there is more to read from that cursor right now. */
      hasMore: z.boolean(),
    }),
  });

/** `GET /api/frontmatter/changes` */
export namespace FindChanges {
  /** Only the newest state of each slug that changed, in the order of `seq`. */
  export type Response = z.infer<ReturnType<typeof changesOf>>;
}
