import { useCallback } from 'react';
import { useIntl, type PrimitiveType } from 'react-intl';
import { keyOf } from '../plugin-id';
import type en from '../translations/en.json';

export type TextName = keyof typeof en;
export type Say = (name: TextName, values?: Record<string, PrimitiveType>) => string;

/** Returns translated texts by name, in the language of the current user. */
export function useTexts(): Say {
  const { formatMessage } = useIntl();
  return useCallback((name, values) => formatMessage({ id: keyOf(name) }, values), [formatMessage]);
}
