import { useCallback } from 'react';
import { useIntl, type PrimitiveType } from 'react-intl';
import { keyOf } from '../plugin-id';
import type en from '../translations/en.json';

export type TextName = keyof typeof en;
export type Say = (name: TextName, values?: Record<string, PrimitiveType>) => string;

/** Our texts by their names, in the language of whoever is signed in. */
export function useTexts(): Say {
  const { formatMessage } = useIntl();
  return useCallback((name, values) => formatMessage({ id: keyOf(name) }, values), [formatMessage]);
}
