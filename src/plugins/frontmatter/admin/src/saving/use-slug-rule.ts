import { useEffect } from 'react';
import type { ShapeSummary } from '../../../shared';
import { useTexts } from '../use-texts';
import { useFormState } from './form-state';

/** Replaces Strapi's error, which shows the slug pattern, with words that say what is valid. */
export function useSlugRule({ slug }: ShapeSummary): void {
  const say = useTexts();
  const errors = useFormState('useSlugRule', (form) => form.errors);
  const setErrors = useFormState('useSlugRule', (form) => form.setErrors);
  useEffect(() => {
    const error = errors[slug];
    if (typeof error !== 'string' || !error.includes('must match the following')) return;
    setErrors({ ...errors, [slug]: say('slug.rule') });
  }, [errors, say, setErrors, slug]);
}
