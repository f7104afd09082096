import type { Core, UID } from '@strapi/strapi';
import { omitBy } from 'es-toolkit';
import { z } from 'zod';
import {
  mergeForm,
  type AttributeSchema,
  type FindType,
  type FormConflict,
  type Shape,
} from '../../../../core';
import { errors } from '../../../../kit/strapi-utils';
import { FORM_ORIGIN, type FormConflictDetails, type FormOrigin } from '../../../../shared';
import { isPanel, stateOf } from '../foundation/request-state';
import { rightsOf } from '../foundation/panel-rights';
import { serviceOf } from '../foundation/service-of';
import { getWarnings } from '../publishing/warnings';

type Data = Record<string, unknown>;

const body = z.object({
  [FORM_ORIGIN]: z.object({ documentId: z.string(), base: z.record(z.string(), z.unknown()) }),
});

const relationChange = z.object({
  connect: z.array(z.object({ documentId: z.string() })).default([]),
  disconnect: z.array(z.object({ documentId: z.string().optional() })).default([]),
});

/** Merges forms of the panel with changes that were made to a draft after they were loaded. */
export function createFormEdits({ strapi }: { strapi: Core.Strapi }) {
  const findType: FindType = (uid) =>
    (strapi.components[uid as UID.Component] ??
      strapi.contentTypes[uid as UID.ContentType]) as ReturnType<FindType>;

  /**
   * Returns what the form that an editor saves says about its origin, and the form itself. Only
   * once per request, because other code may also write the document in the same request.
   */
  function originOf(documentId: string): (FormOrigin & { form: Data }) | undefined {
    const context = strapi.requestContext.get();
    if (!context || !isPanel(context) || stateOf(context).frontmatterFormSaved) return undefined;
    const { body: sent } = context.request as { body?: Data };
    const origin = body.safeParse(sent).data?.[FORM_ORIGIN];
    if (origin?.documentId !== documentId) return undefined;
    stateOf(context).frontmatterFormSaved = true;
    return { ...origin, form: sent ?? {} };
  }

  /** Reads the draft with everything that its form shows, as JSON. */
  async function storedValues({ contentType }: Shape, documentId: string): Promise<Data | null> {
    const uid = contentType as UID.ContentType;
    const populateBuilder = strapi
      .plugin('content-manager')
      .service('populate-builder') as unknown as (uid: string) => {
      populateDeep(level: number): { build(): Promise<never> };
    };
    const populate = await populateBuilder(uid).populateDeep(Infinity).build();
    const draft = await strapi.documents(uid).findOne({ documentId, populate, status: 'draft' });
    const context = strapi.requestContext.get();
    if (!draft || !context) return null;
    // Values are sent back to the editor, who may not have the right to see all of them.
    const seen = await rightsOf(strapi, context, contentType).sanitizeOutput(draft);
    return JSON.parse(JSON.stringify(seen)) as Data;
  }

  return {
    /**
     * Returns the data to store when a draft is written: for a form, only what its author changed.
     *
     * @throws ValidationError with both values of each key that was changed on both sides.
     */
    async merge(shape: Shape, documentId: string | undefined, data: Data): Promise<Data> {
      const origin = documentId === undefined ? undefined : originOf(documentId);
      const stored = origin && (await storedValues(shape, origin.documentId));
      if (!stored) return data;
      const { attributes } = findType(shape.contentType) ?? { attributes: {} };
      const { base } = origin;
      const merged = mergeForm({ attributes, base, form: origin.form, data, stored }, findType);
      const conflicts = [
        ...merged.conflicts,
        ...Object.entries(attributes).flatMap(([name, schema]) =>
          singleConflicts(name, schema, {
            change: data[name],
            base: base[name],
            stored: stored[name],
          })
        ),
      ];
      if (conflicts.length > 0) throw conflictError(conflicts);
      if (merged.incoming.length > 0) {
        const paths = merged.incoming;
        const message = `Saved together with what was changed meanwhile: ${paths.join(', ')}`;
        getWarnings(strapi).add({ code: 'merged', message, paths });
      }
      return omitBy(merged.data, (change, name) =>
        isLeftToOthers(attributes[name], change, base[name])
      );
    },
  };
}

/** Returns a conflict if a relation to one document was changed on both sides. */
function singleConflicts(
  name: string,
  { type, relation }: AttributeSchema,
  { change, base, stored }: Record<'change' | 'base' | 'stored', unknown>
): FormConflict[] {
  const parsed = relationChange.safeParse(change).data;
  const current = (stored as { documentId?: string } | null | undefined)?.documentId;
  if (type !== 'relation' || !relation?.endsWith('ToOne') || !parsed || current === undefined)
    return [];
  const wanted = wantedOf(change);
  const replaced = [base, ...parsed.disconnect.map(({ documentId }) => documentId)];
  const isDecided = wanted?.documentId === current || wanted?.documentId === base;
  if (!wanted || isDecided || replaced.includes(current)) return [];
  return [{ path: name, mine: wanted.documentId, theirs: current }];
}

/** Whether the author has chosen the document that others set in a relation to one document. */
const isLeftToOthers = (
  schema: AttributeSchema | undefined,
  change: unknown,
  base: unknown
): boolean =>
  schema?.type === 'relation' && base !== undefined && wantedOf(change)?.documentId === base;

const wantedOf = (change: unknown): { documentId: string } | undefined =>
  relationChange.safeParse(change).data?.connect[0];

function conflictError(conflicts: FormConflict[]): Error {
  const paths = conflicts.map(({ path }) => path).join(', ');
  const details: FormConflictDetails & { errors: object[] } = {
    conflicts,
    errors: conflicts.map(({ path }) => ({
      path: path.split('.'),
      message: 'was changed by someone else meanwhile',
      name: 'ValidationError',
    })),
  };
  return new errors.ValidationError(
    `Not saved: changed by someone else meanwhile: ${paths}`,
    details
  );
}

export const getFormEdits = serviceOf('form-edits', createFormEdits);
