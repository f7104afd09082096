import { useCallback } from 'react';
import { unstable_useDocumentActions, useForm } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import { toSaved } from '../panel/form-values';
import type { FormKey, Values } from './open-forms';

/** Saves a form as its button does. */
export function useSaveAgain({ model, documentId }: FormKey): () => void {
  const { create, update } = unstable_useDocumentActions();
  const navigate = useNavigate();
  const getValues = useForm('useSaveAgain', (form) => form.getValues) as () => Values;
  const resetForm = useForm('useSaveAgain', (form) => form.resetForm) as (values: Values) => void;

  return useCallback(() => {
    const save = async (): Promise<void> => {
      const values = getValues();
      const data = toSaved(values) as Values;
      const result =
        documentId === undefined
          ? await create({ model }, data as never) // any attributes of the type
          : await update({ collectionType: 'collection-types', model, documentId }, data as never);
      if ('error' in result) return;
      resetForm(values);
      const { documentId: saved } = (result as { data: { documentId: string } }).data;
      if (documentId === undefined)
        void navigate(`../${saved}`, { relative: 'path', replace: true });
    };
    void save();
  }, [create, update, navigate, getValues, resetForm, model, documentId]);
}
