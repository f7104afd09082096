import { useCallback, useEffect, useRef } from 'react';
import { isEqual } from 'es-toolkit';
import { useFormState } from './form-state';
import type { Values } from './open-forms';

/**
 * Keeps what is typed during a save: Strapi would replace the whole form with what it saved.
 *
 * @returns Functions to call with the values being sent, and when the save has failed.
 */
export function useTypedMeanwhile({
  initialValues,
  values,
}: {
  initialValues: Values;
  values: Values;
}): { onSending(sent: Values): void; onFailed(): void } {
  const onChange = useFormState('useTypedMeanwhile', (form) => form.onChange);
  const sent = useRef<Values>();
  const before = useRef({ initialValues, values });

  useEffect(() => {
    const { initialValues: loaded, values: typed } = before.current;
    before.current = { initialValues, values };
    if (!sent.current || loaded === initialValues) return;
    for (const [name, value] of Object.entries(typed)) {
      if (!isEqual(value, sent.current[name])) onChange(name, value);
    }
    sent.current = undefined;
  }, [initialValues, onChange, values]);

  return {
    onSending: useCallback((given) => {
      sent.current = given;
    }, []),
    onFailed: useCallback(() => {
      sent.current = undefined;
    }, []),
  };
}
