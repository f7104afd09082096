import { adminApi } from '@strapi/strapi/admin';
import type { RestorePublication } from '../../../shared';
import { PLUGIN_ID } from '../plugin-id';
import { pathOf } from './use-history';

interface Restored extends RestorePublication.Request {
  model: string;
  documentId: string;
  cursor: string;
}

/** Returns cache tags of the content manager, whose pages then reload what they show. */
const documentTag = (id: string) => [{ type: 'Document', id }, 'Relations'] as never;

const api = adminApi.injectEndpoints({
  endpoints: (builder) => ({
    restorePublication: builder.mutation<unknown, Restored>({
      query: ({ model, documentId, cursor, paths }) => ({
        url: `${pathOf(model, documentId)}/${cursor}/restore`,
        method: 'POST',
        data: { paths } satisfies RestorePublication.Request,
      }),
      invalidatesTags: (_result, error, { model, documentId }) =>
        error ? [] : documentTag(`${model}_${documentId}`),
    }),
    restoreDeleted: builder.mutation<unknown, { model: string; slug: string }>({
      query: ({ model, slug }) => ({
        url: `/${PLUGIN_ID}/deleted/${model}/${encodeURIComponent(slug)}/restore`,
        method: 'POST',
      }),
      invalidatesTags: (_result, error, { model }) => (error ? [] : documentTag(`${model}_LIST`)),
    }),
  }),
});

export const { useRestoreDeletedMutation, useRestorePublicationMutation } = api;
