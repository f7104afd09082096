import { useForm } from '@strapi/strapi/admin';
import type { Values } from './open-forms';

/** What of a form Strapi keeps; its own types leave the values open. */
interface FormState {
  /** By attribute; of a component, those of its own. */
  errors: Record<string, unknown>;
  getValues(): Values;
  initialValues: Values;
  isSubmitting: boolean;
  modified: boolean;
  values: Values;
  onChange(name: string, value: unknown): void;
  setErrors(errors: Record<string, unknown>): void;
  resetForm(values: Values): void;
  setSubmitting(isSubmitting: boolean): void;
  validate(showsErrors: boolean, options: object): Promise<{ errors?: object }>;
}

/** @param consumer Name of the calling hook or component, for the error outside of a form. */
export const useFormState = <Part>(consumer: string, select: (form: FormState) => Part): Part =>
  useForm(consumer, (state) => select(state as unknown as FormState));
