import type { Core } from '@strapi/strapi';
import { countBy } from 'es-toolkit';
import type { Context } from 'koa';
import { createHttpError } from '../../../kit/strapi-utils';
import { fileIssue, type IssueCode } from '../../../core';
import { type ImportFiles, type ImportOptions, type ImportResult } from '../../../shared';
import { unavailableError } from '../services/foundation/database-errors';
import { mayReadDrafts } from '../requests/draft-permission';
import { getImporter } from '../services/importing/importer';
import { getShapes } from '../services/foundation/shapes';
import { readMultipart, type SentFile } from '../requests/multipart';
import { importQuery } from '../requests/queries';
import { parseQuery } from '../requests/query';

const MARKDOWN = '.md';

type HttpError = Error & { status?: number };

/** Imports many files, each completely or not at all. */
export const createImportFiles =
  ({ strapi }: { strapi: Core.Strapi }) =>
  async (ctx: Context): Promise<void> => {
    const query = parseQuery(importQuery, ctx.query);
    const { status, force, dryRun } = query;
    const { collection } = getShapes(strapi).getOnly(query.collection);
    const { files, batch } = await readMultipart(ctx);

    const importer = getImporter(strapi);
    const slugs = files.map(slugOf);
    const options: ImportOptions = {
      collection,
      draft: status === 'draft',
      dryRun,
      force,
      batch: new Set([...slugs, ...batch]),
      hidesDrafts: !(await mayReadDrafts(strapi, ctx)),
    };
    const data: ImportFiles.FileResult[] = [];
    try {
      for (const [index, file] of files.entries()) {
        const slug = slugs[index] ?? '';
        const result =
          refusedByName(file, slug, slugs) ??
          (await importer.importFile({ slug, bytes: await file.bytes() }, options));
        data.push({ file: file.name, ...result });
      }
      if (!dryRun) await importer.finish(collection);
    } catch (error) {
      const { status: code = 500, message } = (unavailableError(error) ?? error) as HttpError;
      if (code !== 503 && code !== 507) throw error;
      // Each file has its own transaction, so what was written before stays.
      const done = `${data.length} of ${files.length} files were processed`;
      const stopped = `The import stopped when ${done}: send all of them again. ${message}`;
      throw createHttpError(code, stopped, { files: data });
    }
    const counts = countBy(data, ({ action }) => action);
    const meta = { collection, status, dryRun, counts };
    ctx.body = { data, meta } satisfies ImportFiles.Response;
  };

/** Senders on Windows may write a path with backslashes. */
const slugOf = ({ name }: SentFile): string => {
  const base = name.split(/[\\/]/).at(-1) ?? '';
  return base.endsWith(MARKDOWN) ? base.slice(0, -MARKDOWN.length) : base;
};

function refusedByName(
  { name }: SentFile,
  slug: string,
  slugs: readonly string[]
): ImportResult | undefined {
  const refused = (code: IssueCode, message: string): ImportResult => ({
    slug,
    action: 'invalid',
    issues: [fileIssue(code, message)],
  });
  if (!name.endsWith(MARKDOWN)) {
    return refused('unreadable', `no markdown file: its name must be <slug>${MARKDOWN}`);
  }
  if (slugs.indexOf(slug) === slugs.lastIndexOf(slug)) return undefined;
  // Otherwise the order of the files would decide which of them stays.
  return refused('duplicate-slug', `several of these files have the slug '${slug}': send one`);
}
