import { useForm } from '@strapi/strapi/admin';
import type { Values } from './open-forms';

/** The part of Strapi's form state used here; Strapi's own types leave the values open. */
interface FormState {
  /** By attribute; for a component, an object by its attributes. */
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
