import { useEffect, useRef } from 'react';
import { useFetchClient } from '@strapi/strapi/admin';
import type { ShapeSummary } from '../../../shared';
import { useFormState } from '../saving/form-state';

/** Long enough to finish typing a word before a slug is requested. */
const PAUSE_MS = 300;

interface Following {
  shape: ShapeSummary;
  values: Record<string, unknown>;
  /** Whether the document was never published. */
  isActive: boolean;
}

/**
 * Makes the slug of a draft follow its title until somebody edits the slug or publishes the
 * document. Strapi fills it only once: without a title, with the name of the content type.
 */
export function useSlugFollowing({ shape, values, isActive }: Following): void {
  const { post } = useFetchClient();
  const onChange = useFormState('useSlugFollowing', (form) => form.onChange);
  const initialValues = useFormState('useSlugFollowing', (form) => form.initialValues);
  const { contentType, singular, slug, slugFrom } = shape;
  const title = textAt(values, slugFrom);
  const current = textAt(values, slug);
  const stored = textAt(initialValues, slug);
  /** What the slug was made from. */
  const source = useRef(textAt(initialValues, slugFrom));
  const isFollowing =
    isActive &&
    slugFrom !== null &&
    (source.current === ''
      ? current === '' || isMadeOf(current, singular)
      : isMadeOf(current, source.current));

  useEffect(() => {
    if (!isFollowing || title === source.current || title.trim() === '') return;
    // Strapi mistakes the document's own slug for that of another one.
    const own = [current, stored].find((each) => isMadeOf(each, title));
    if (own !== undefined) {
      source.current = title;
      if (own !== current) onChange(slug, own);
      return;
    }
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      const body = { contentTypeUID: contentType, field: slug, data: { [slugFrom]: title } };
      post<{ data: string }>('/content-manager/uid/generate', body, {
        signal: leaving.signal,
      }).then(
        ({ data }) => {
          source.current = title;
          onChange(slug, data.data);
        },
        () => undefined // the slug stays, and can be typed
      );
    }, PAUSE_MS);
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [contentType, current, isFollowing, onChange, post, slug, slugFrom, stored, title]);
}

const textAt = (values: Record<string, unknown>, name: string | null): string =>
  name === null ? '' : String(values[name] ?? '');

/** Strapi turns `Tea time` into `tea-time`, or into `tea-time-1` if that is taken. */
function isMadeOf(slug: string, title: string): boolean {
  const plain = (text: string) =>
    text
      .normalize('NFKD')
      .replace(/[^\p{Letter}\p{Number}]+/gu, '')
      .toLowerCase();
  return plain(slug.replace(/-\d+$/, '')) === plain(title) || plain(slug) === plain(title);
}
