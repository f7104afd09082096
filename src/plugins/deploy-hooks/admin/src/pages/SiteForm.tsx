import { useFetchClient } from '@strapi/strapi/admin';
import type { Answer, Hook, WithSecret } from '../../../shared';
import { HOOKS_PATH } from '../data/use-hooks';
import { NEW_VALUES, toChanges, toNewHook, valuesOf } from '../form/form-values';
import { HookForm } from '../form/HookForm';
import { useHookForm } from '../form/use-hook-form';
import { useSaved } from '../form/use-saved';
import { SecretDialog } from '../hook/SecretDialog';
import { useTexts } from '../text/use-texts';
import { SubPage } from './SubPage';

type Saved = Answer<Hook & WithSecret>;

/** The settings of a new or an existing site. */
export function SiteForm({ hook }: { hook?: Hook }) {
  const say = useTexts();
  const { post, put } = useFetchClient();
  const { secret, onClose, onSaved } = useSaved();
  const opened = hook ? valuesOf(hook) : NEW_VALUES;
  const form = useHookForm(opened, async (values) => {
    const { data } = hook
      ? await put<Saved>(`${HOOKS_PATH}/${hook.id}`, toChanges(values, opened))
      : await post<Saved>(HOOKS_PATH, toNewHook(values));
    onSaved(data.data);
  });
  return (
    <SubPage title={hook ? say('edit.title', { name: hook.name }) : say('add')}>
      <HookForm form={form} hook={hook} />
      <SecretDialog secret={secret} name={hook?.name ?? form.values.name} onClose={onClose} />
    </SubPage>
  );
}
