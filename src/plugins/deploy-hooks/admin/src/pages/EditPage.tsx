import { useEffect, useState } from 'react';
import { Typography } from '@strapi/design-system';
import { Page, useFetchClient } from '@strapi/strapi/admin';
import { useParams } from 'react-router-dom';
import type { Answer, Hook, WithSecret } from '../../../shared';
import { reasonOf } from '../data/failure';
import { HOOKS_PATH } from '../data/use-hooks';
import { toChanges, valuesOf } from '../form/form-values';
import { HookForm } from '../form/HookForm';
import { useHookForm } from '../form/use-hook-form';
import { useSaved } from '../form/use-saved';
import { SecretDialog } from '../hook/SecretDialog';
import { useTexts } from '../text/use-texts';
import { SubPage } from './SubPage';

/** The settings of a known site. */
export function EditPage() {
  const { id = '' } = useParams();
  const say = useTexts();
  const { get } = useFetchClient();
  const [hook, setHook] = useState<Hook>();
  const [failure, setFailure] = useState<string>();

  // Once: what is typed is not to be overwritten by what is stored.
  useEffect(() => {
    get<Answer<Hook>>(`${HOOKS_PATH}/${id}`).then(
      ({ data }) => setHook(data.data),
      (error) => setFailure(reasonOf(error))
    );
  }, [get, id]);

  if (failure) return <Page.Error content={say('failed', { reason: failure })} />;
  if (!hook) return <Page.Loading />;
  if (hook.isDeclared) return <Declared name={hook.name} />;
  return <EditForm hook={hook} />;
}

function Declared({ name }: { name: string }) {
  const say = useTexts();
  return (
    <SubPage title={say('edit.title', { name })}>
      <Typography tag="p" textColor="neutral800">
        {say('declared')}
      </Typography>
    </SubPage>
  );
}

function EditForm({ hook }: { hook: Hook }) {
  const say = useTexts();
  const { put } = useFetchClient();
  const { secret, onClose, onSaved } = useSaved();
  const opened = valuesOf(hook);
  const form = useHookForm(opened, async (values) => {
    const path = `${HOOKS_PATH}/${hook.id}`;
    const { data } = await put<Answer<Hook & WithSecret>>(path, toChanges(values, opened));
    onSaved(data.data);
  });
  return (
    <SubPage title={say('edit.title', { name: hook.name })}>
      <HookForm
        form={form}
        isNew={false}
        maskedUrl={hook.maskedUrl}
        hasToken={hook.hasToken}
        hasReportSecret={hook.hasReportSecret}
        reportUrl={hook.reportUrl}
      />
      <SecretDialog secret={secret} name={hook.name} onClose={onClose} />
    </SubPage>
  );
}
