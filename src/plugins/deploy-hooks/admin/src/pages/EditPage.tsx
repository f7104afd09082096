import { useEffect, useState } from 'react';
import { Typography } from '@strapi/design-system';
import { Page, useFetchClient } from '@strapi/strapi/admin';
import { useParams } from 'react-router-dom';
import type { Answer, Hook } from '../../../shared';
import { reasonOf } from '../data/failure';
import { HOOKS_PATH } from '../data/use-hooks';
import { useTexts } from '../text/use-texts';
import { SiteForm } from './SiteForm';
import { SubPage } from './SubPage';

/** The settings of an existing site. */
export function EditPage() {
  const { id = '' } = useParams();
  const say = useTexts();
  const { get } = useFetchClient();
  const [hook, setHook] = useState<Hook>();
  const [failure, setFailure] = useState<string>();

  // Loads once: stored values must not overwrite what is typed.
  useEffect(() => {
    get<Answer<Hook>>(`${HOOKS_PATH}/${id}`).then(
      ({ data }) => setHook(data.data),
      (error) => setFailure(reasonOf(error))
    );
  }, [get, id]);

  if (failure) return <Page.Error content={say('failed', { reason: failure })} />;
  if (!hook) return <Page.Loading />;
  if (hook.isDeclared) return <Declared name={hook.name} />;
  return <SiteForm hook={hook} />;
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
