import { useFetchClient } from '@strapi/strapi/admin';
import type { Answer, Hook, WithSecret } from '../../../shared';
import { HOOKS_PATH } from '../data/use-hooks';
import { NEW_VALUES, toNewHook } from '../form/form-values';
import { HookForm } from '../form/HookForm';
import { useHookForm } from '../form/use-hook-form';
import { useSaved } from '../form/use-saved';
import { SecretDialog } from '../hook/SecretDialog';
import { useTexts } from '../text/use-texts';
import { SubPage } from './SubPage';

/** A site that is to be told of changes from now on. */
export function NewPage() {
  const say = useTexts();
  const { post } = useFetchClient();
  const { secret, onClose, onSaved } = useSaved();
  const form = useHookForm(NEW_VALUES, async (values) => {
    const { data } = await post<Answer<Hook & WithSecret>>(HOOKS_PATH, toNewHook(values));
    onSaved(data.data);
  });
  return (
    <SubPage title={say('add')}>
      <HookForm form={form} isNew />
      <SecretDialog secret={secret} name={form.values.name} onClose={onClose} />
    </SubPage>
  );
}
