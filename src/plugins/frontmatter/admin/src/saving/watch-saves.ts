import { adminApi } from '@strapi/strapi/admin';
import { FORM_ORIGIN, type FormConflictDetails, type WriteWarning } from '../../../shared';
import { baseOf, findForm, type Failure, type FormKey, type OpenForm } from './open-forms';

/** What Strapi's panel sends when a form is saved or published. */
interface Save extends FormKey {
  data?: Record<string, unknown>;
}
interface SaveRequest {
  data?: Record<string, unknown>;
}
interface ApiError {
  name?: string;
  message?: string;
  status?: number;
  details?: Partial<FormConflictDetails> & { errors?: { path: string[] }[] };
}

/** The definition of one of Strapi's requests in RTK Query. */
interface Definition {
  query(save: Save): SaveRequest;
  onQueryStarted?(save: Save, api: unknown): unknown;
  transformResponse?(response: Answer, meta: unknown, save: Save): unknown;
  invalidatesTags?(result: unknown, error: unknown, save: Save): readonly unknown[];
  transformErrorResponse?(error: ApiError, meta: unknown, save: Save): unknown;
}
interface Answer {
  meta?: { warnings?: WriteWarning[] };
}

/**
 * Makes every save of an open form say what the form was loaded with, and keeps the form as it is
 * if a save fails. The panel's buttons and shortcuts have separate handlers, which meet only here.
 */
export function watchSaves(): void {
  const api = adminApi as unknown as {
    enhanceEndpoints(options: {
      endpoints: Record<string, (definition: Definition) => void>;
    }): void;
  };
  api.enhanceEndpoints({
    endpoints: { createDocument: watch, updateDocument: watch, publishDocument: watch },
  });
}

function watch(definition: Definition): void {
  const { invalidatesTags, query, onQueryStarted, transformResponse } = definition;

  definition.query = (save) => {
    const request = query(save);
    const form = formOf(save);
    form?.onSending();
    if (!form || save.documentId === undefined) return request;
    const origin = { documentId: save.documentId, base: baseOf(form) };
    return { ...request, data: { ...request.data, [FORM_ORIGIN]: origin } };
  };

  // Strapi shows values as saved while it sends them, and reverts the form if that fails.
  definition.onQueryStarted = (save, api) =>
    formOf(save) ? undefined : onQueryStarted?.(save, api);

  // Reloading the document would replace everything that was typed.
  definition.invalidatesTags = (result, error, save) =>
    error && formOf(save) ? [] : (invalidatesTags?.(result, error, save) ?? []);

  definition.transformResponse = (response, meta, save) => {
    formOf(save)?.onSaved(response.meta?.warnings ?? []);
    return transformResponse ? transformResponse(response, meta, save) : response;
  };

  definition.transformErrorResponse = (error, _meta, save) => {
    const form = formOf(save);
    if (!form) return error;
    form.onFailure(failureOf(error));
    // After an error of any other name, Strapi treats the form as saved.
    return error.name === 'ValidationError'
      ? error
      : { ...error, name: 'ValidationError', details: undefined };
  };
}

/**
 * Finds the form that is being saved. A new document has no id to be recognized by: the save may be
 * of another one, created for a relation of the open form.
 */
function formOf(save: Save): OpenForm | undefined {
  const form = findForm(save);
  if (!form || save.documentId !== undefined) return form;
  const { values } = form.getForm();
  const isSame = Object.entries(values).every(
    ([name, value]) => typeof value !== 'string' || save.data?.[name] === value
  );
  return isSame ? form : undefined;
}

function failureOf({ details, message, status }: ApiError): Failure {
  if (details?.conflicts) return { kind: 'conflict', conflicts: details.conflicts };
  const paths = details?.errors?.map(({ path }) => path.join('.')) ?? [];
  return { kind: 'failed', reason: message ?? String(status), paths };
}
