import { useState } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import type { Hook, WithSecret } from '../../../shared';
import { LIST_PATH } from '../pages/paths';
import { useTexts } from '../text/use-texts';

/** Goes back to the list after a site is saved, but not before its secret has been seen. */
export function useSaved() {
  const say = useTexts();
  const navigate = useNavigate();
  const { toggleNotification } = useNotification();
  const [secret, setSecret] = useState<string>();
  const goBack = () => navigate(LIST_PATH);

  function onSaved(hook: Hook & WithSecret): void {
    const isPaused = hook.state.kind === 'paused';
    toggleNotification({
      type: isPaused ? 'warning' : 'success',
      message: say(isPaused ? 'save.done-paused' : 'save.done', { name: hook.name }),
    });
    if (hook.secret) setSecret(hook.secret);
    else goBack();
  }

  return { secret, onSaved, onClose: goBack };
}
