import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';
import { keyOf } from '../plugin-id';
import type { TextName } from './use-texts';

/** A text with elements in it, such as a time that updates by itself. */
export const Text = ({ name, values }: { name: TextName; values: Record<string, ReactNode> }) => (
  <FormattedMessage id={keyOf(name)} values={values} />
);
