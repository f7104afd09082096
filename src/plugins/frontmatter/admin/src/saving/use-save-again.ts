import { useCallback } from 'react';
import { unstable_useDocumentActions } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import { toSaved } from '../panel/form-values';
import { useFormState } from './form-state';
import type { FormKey } from './open-forms';

/** Returns a function that saves a form as its button does. */
export function useSaveAgain({ model, documentId }: FormKey): () => void {
  const { create, update } = unstable_useDocumentActions();
  const navigate = useNavigate();
  const form = useFormState('useSaveAgain', (state) => state);
  const { getValues, isSubmitting, resetForm, setSubmitting, validate } = form;

  return useCallback(() => {
    const save = async (): Promise<void> => {
      const { errors } = await validate(true, { status: 'draft' });
      if (errors) return;
      const data = toSaved(getValues()) as never; // any attributes of the type
      const result =
        documentId === undefined
          ? await create({ model }, data)
          : await update({ collectionType: 'collection-types', model, documentId }, data);
      if ('error' in result) return;
      resetForm(getValues());
      const { documentId: saved } = (result as { data: { documentId: string } }).data;
      // Deferred, because Strapi asks before leaving a form that still counts as modified.
      if (documentId === undefined)
        setTimeout(() => navigate(`../${saved}`, { relative: 'path', replace: true }));
    };
    if (isSubmitting) return;
    setSubmitting(true);
    save()
      .catch(() => undefined) // the form stays, and Strapi has said why
      .finally(() => setSubmitting(false));
  }, [
    create,
    update,
    navigate,
    getValues,
    isSubmitting,
    resetForm,
    setSubmitting,
    validate,
    model,
    documentId,
  ]);
}
