import type { Core } from '@strapi/strapi';
import { errors } from '../../../kit/strapi-utils';
import type { Context } from 'koa';
import { isSlug } from '../../../core';
import { type FindPublications, type LintCollection } from '../../../shared';
import { getDrafts } from '../services/rendering/drafts';
import { getExporter } from '../services/reading/exporter';
import { mayReadDrafts } from '../requests/draft-permission';
import { getHistory } from '../services/reading/history';
import { getLinter } from '../services/editing/linter';
import { getRedirects } from '../services/reading/redirects';
import { getShapes } from '../services/foundation/shapes';
import { getPublications } from '../services/store/publications';
import { answer } from './answer';
import { createExportTexts } from './export-texts';
import { createImportFiles } from './import-files';
import { createListDocuments } from './list-documents';
import { createPutDocument } from './put-document';
import { redirectTo } from './redirect';
import { historyQuery, itemQuery } from '../requests/queries';
import { parseQuery } from '../requests/query';
import {
  ACCEPTED_TYPES,
  OFFERED_TYPES,
  represent,
  representationOfType,
  splitExtension,
  type Representation,
} from './representation';

/** Strapi's marker for an action that can be granted to roles and tokens. */
const ACTION_TYPE = Symbol.for('__type__');

export function createDocumentController({ strapi }: { strapi: Core.Strapi }) {
  return {
    find: createListDocuments({ strapi }),

    async findOne(ctx: Context): Promise<void> {
      const { status } = parseQuery(itemQuery, ctx.query);
      const shape = getShapes(strapi).getByCollection(ctx.params['collection']);
      const { slug, extension } = splitExtension(ctx.params['slug']);
      const representation = extension ?? negotiate(ctx);
      if (!representation) {
        const offered = OFFERED_TYPES.join(', ');
        ctx['notAcceptable'](`Nothing here matches the Accept header: ask for ${offered}`);
        return;
      }
      const find = () =>
        status === 'draft'
          ? getDrafts(strapi).find(shape, slug)
          : getPublications(strapi).findServed(shape.collection, slug);
      const document = isSlug(slug) ? await find() : undefined;
      if (!document) {
        const moved =
          status === 'published' && (await getRedirects(strapi).find(shape.collection, slug));
        if (moved) {
          redirectTo(ctx, moved.to, String(ctx.params['slug']).slice(slug.length));
          return;
        }
        throw new errors.NotFoundError(`No ${status} document '${slug}' in '${shape.collection}'`);
      }
      const meta = { collection: shape.collection, status };
      const { contentType, etag, body } = represent(document, representation, meta);
      if (!extension) ctx.vary('Accept');
      answer(strapi, ctx, {
        contentType,
        body,
        etag,
        lastModified: document.publishedAt,
        tags: [shape.collection, `${shape.collection}/${slug}`],
        isPrivate: status === 'draft',
        dependsOn: { collection: shape.collection, slug },
      });
    },

    /** Lists for editors what readers got of a slug and why its date moved. Closed by default. */
    async findPublications(ctx: Context): Promise<void> {
      const { limit, before, etag } = parseQuery(historyQuery, ctx.query);
      const { collection } = getShapes(strapi).getByCollection(ctx.params['collection']);
      const { slug } = ctx.params as { slug: string };
      const data = await getHistory(strapi).of(collection, slug, {
        limit,
        ...(before !== undefined && { before }),
      });
      const exporter = getExporter(strapi);
      const isKnown = etag !== undefined && (await exporter.isKnownHash(collection, slug, etag));
      if (data.length === 0 && before === undefined && !isKnown) {
        throw new errors.NotFoundError(`'${slug}' was never published in '${collection}'`);
      }
      const withDrafts = await mayReadDrafts(strapi, ctx);
      const [departure = null] = await exporter.departures(collection, [slug], { withDrafts });
      const last = data.length === limit ? data.at(-1) : undefined;
      const meta = {
        collection,
        slug,
        before: last?.cursor ?? null,
        departure,
        ...(etag !== undefined && { isKnown }),
      };
      ctx.body = { data, meta } satisfies FindPublications.Response;
    },

    async lint(ctx: Context): Promise<void> {
      const { status } = parseQuery(itemQuery, ctx.query);
      const shape = getShapes(strapi).getByCollection(ctx.params['collection']);
      const data = await getLinter(strapi).lint(shape.collection, { status });
      const meta = { collection: shape.collection, status };
      ctx.body = { data, meta } satisfies LintCollection.Response;
    },

    /** Not a route, but the right to request `?status=draft` from the others. */
    draft: Object.assign(
      (): never => {
        throw new errors.NotImplementedError('document.draft is a permission, not a route');
      },
      { [ACTION_TYPE]: ['content-api'] }
    ),

    update: createPutDocument({ strapi }),
    import: createImportFiles({ strapi }),
    export: createExportTexts({ strapi }),
  };
}

function negotiate(ctx: Context): Representation | undefined {
  const type = ctx.accepts(ACCEPTED_TYPES);
  return typeof type === 'string' ? representationOfType(type) : undefined;
}
