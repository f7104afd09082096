import type { Core, UID } from '@strapi/strapi';
import { entryProblems, leavesOf, type EntryField } from '../../../../core';
import { fieldError } from '../../../../kit/field-error';
import { getShapes } from '../foundation/shapes';
import { serviceOf } from '../foundation/service-of';
import { assertValues } from './checked-values';

/** Checks entries that documents show, such as advertisements. */
export function createSharedEntries({ strapi }: { strapi: Core.Strapi }) {
  const fieldsOf = (uid: string): EntryField[] =>
    getShapes(strapi)
      .all()
      .flatMap(({ leaves }) => leaves.map(({ field }) => field as EntryField))
      .filter(({ kind, target }) => kind === 'entry' && target === uid);

  return {
    /** @throws ValidationError at each field of an entry that could not be shown as intended. */
    async assertValid(
      uid: string,
      documentId: string | undefined,
      data: Record<string, unknown>
    ): Promise<void> {
      const fields = fieldsOf(uid);
      if (fields.length === 0) return;
      const stored = documentId
        ? await strapi.db.query(uid as UID.ContentType).findOne({ where: { documentId } })
        : null;
      const problems = fields.flatMap((field) => entryProblems(field, { ...stored, ...data }));
      if (problems.length > 0) throw fieldError(problems);
      for (const { keys } of fields) assertValues(strapi, leavesOf(keys), data);
    },
  };
}

export const getSharedEntries = serviceOf('shared-entries', createSharedEntries);
