import type { Core, UID } from '@strapi/strapi';
import { errors } from '../../../kit/strapi-utils';
import type { Context } from 'koa';
import { uniqBy } from 'es-toolkit';
import { z } from 'zod';
import { parseNameList, type NamesField, type Shape } from '../../../core';
import type {
  FindOrCreateNames,
  FindOwners,
  FindShapes,
  PreviewDocument,
  ShapeSummary,
} from '../../../shared';
import { parseQuery } from '../requests/query';
import { fieldError, parseFields } from '../../../kit/field-error';
import { getLabels } from '../services/editing/labels';
import { getPreviewer } from '../services/editing/previewer';
import { getDrafts } from '../services/rendering/drafts';
import { getReferences } from '../services/store/references';
import { getShapes } from '../services/foundation/shapes';
import { getWriteLock } from '../services/store/write-lock';
import { rightsOf } from '../services/foundation/panel-rights';
import { shapeOf } from './panel-access';

const previewBody = z.strictObject({
  documentId: z.string().optional(),
  values: z.record(z.string(), z.unknown()),
  isCopy: z.boolean().optional(),
  known: z.string().optional(),
});
const namesBody = z.strictObject({ text: z.string(), documentId: z.string().optional() });

const ownersQuery = z.strictObject({
  ids: z.string().transform((ids) => ids.split(',')),
});

/** Answers the panel's own requests, with the rights of the requesting editor. */
export function createPanelController({ strapi }: { strapi: Core.Strapi }) {
  return {
    async shapes(ctx: Context): Promise<void> {
      const data = await Promise.all(
        getShapes(strapi)
          .all()
          .map(async (shape): Promise<ShapeSummary> => {
            const { collection, contentType, dates, leaves, slug } = shape;
            const { attributes, info } = strapi.contentType(contentType as UID.ContentType);
            const { targetField = null } = attributes[slug] as { targetField?: string };
            return {
              contentType,
              collection,
              slug,
              slugFrom: targetField,
              singular: info.singularName,
              plural: info.pluralName,
              minorEdit: dates?.minorEdit ?? null,
              names: leaves.flatMap(({ attribute, field }) =>
                field.kind === 'names' && !(field as NamesField).isSingle
                  ? [{ attribute: attribute.join('.'), target: (field as NamesField).target }]
                  : []
              ),
              shows: shownTypesOf(shape),
              fields: await getLabels(strapi).fieldsOf(shape),
            };
          })
      );
      ctx.body = { data } satisfies FindShapes.Response;
    },

    async preview(ctx: Context): Promise<void> {
      const shape = shapeOf(strapi, ctx);
      const { documentId, values, isCopy, known } = parseFields(
        previewBody,
        (ctx.request as { body?: unknown }).body
      );
      const rights = rightsOf(strapi, ctx, shape.contentType);
      const draft = documentId ? await getDrafts(strapi).findRowOf(shape, documentId) : undefined;
      if (draft === null) throw new errors.NotFoundError('The document is no longer there');
      if (draft ? rights.cannot.read(draft) : rights.cannot.create()) {
        ctx['forbidden']();
        return;
      }
      // Read before rendering, so that the version is never newer than its preview.
      const version = await getPreviewer(strapi).versionOf(draft);
      const data =
        version === known
          ? null
          : await getPreviewer(strapi).preview(shape, { draft, values, isCopy });
      ctx.body = { data, meta: { version } } satisfies PreviewDocument.Response;
    },

    async owners(ctx: Context): Promise<void> {
      const { model } = ctx['params'] as { model: string };
      const { ids } = parseQuery(ownersQuery, ctx.query);
      if (!getShapes(strapi).isShown(model))
        throw new errors.NotFoundError(`${model} is not shown`);
      if (rightsOf(strapi, ctx, model).cannot.read()) {
        ctx['forbidden']();
        return;
      }
      const owners = await getReferences(strapi).publishedOwners(model, ids);
      const data = owners.map(({ collection, documentId, slug }) => ({
        contentType: getShapes(strapi).getByCollection(collection).contentType,
        documentId,
        slug,
      }));
      ctx.body = { data } satisfies FindOwners.Response;
    },

    async names(ctx: Context): Promise<void> {
      const shape = shapeOf(strapi, ctx);
      const { attribute } = ctx['params'] as { attribute: string };
      const { text, documentId } = parseFields(namesBody, (ctx.request as { body?: unknown }).body);
      const leaf = shape.leaves.find(
        ({ attribute: own, field }) => field.kind === 'names' && own.join('.') === attribute
      );
      if (!leaf) throw new errors.NotFoundError(`'${attribute}' is not a list of names`);
      const list = parseNameList(leaf.field.schema, text);
      if (list.kind === 'refused') throw fieldError([{ path: ['text'], message: list.message }]);
      const { target, nameAttribute } = leaf.field as NamesField;
      const rights = rightsOf(strapi, ctx, target);
      if (rights.cannot.read()) {
        ctx['forbidden']();
        return;
      }
      const repository = strapi.documents(target as UID.ContentType);
      const find = async () =>
        (await repository.findMany({
          filters: { $or: list.names.map((name) => ({ [nameAttribute]: { $eqi: name } })) },
          fields: [nameAttribute],
        })) as unknown as { id: number; documentId: string; [name: string]: unknown }[];
      const findMissing = async () => {
        const known = new Set((await find()).map((entry) => plain(entry[nameAttribute])));
        return uniqBy(list.names, plain).filter((name) => !known.has(plain(name)));
      };
      let missing = await findMissing();
      if (missing.length > 0 && rights.cannot.create()) {
        ctx['forbidden'](`You may not create what is missing: ${missing.join(', ')}`);
        return;
      }
      if (missing.length > 0) {
        await getWriteLock(strapi).run(async () => {
          missing = await findMissing(); // someone else may have created them meanwhile
          for (const name of missing) {
            await repository.create({ data: { [nameAttribute]: name } as never }); // the shape names the attribute
          }
        });
      }
      const draft = documentId ? await getDrafts(strapi).findRowOf(shape, documentId) : null;
      const related = (draft?.[attribute] ?? []) as { documentId: string }[];
      const stored = new Set(related.map((entry) => entry.documentId));
      const entries = await find();
      const found = list.names.flatMap((name) => {
        const isSame = (entry: (typeof entries)[number]) => entry[nameAttribute] === name;
        const isLike = (entry: (typeof entries)[number]) =>
          plain(entry[nameAttribute]) === plain(name);
        const entry = entries.find(isSame) ?? entries.find(isLike);
        if (!entry) return [];
        const { id, documentId: nameId } = entry;
        const isStored = stored.has(nameId);
        return [{ id, documentId: nameId, name: String(entry[nameAttribute]), isStored }];
      });
      const data = uniqBy(found, ({ documentId: nameId }) => nameId);
      ctx.body = {
        data,
        meta: { created: missing.length },
      } satisfies FindOrCreateNames.Response;
    },
  };
}

/** An editor who pastes a list does not know how the stored names are capitalized. */
const plain = (name: unknown): string => String(name).toLowerCase();

const shownTypesOf = ({ contentType, leaves }: Shape): string[] => [
  ...new Set(
    leaves.flatMap(({ field }) =>
      'target' in field && field.kind !== 'media' && field.target !== contentType
        ? [String(field.target)]
        : []
    )
  ),
];
