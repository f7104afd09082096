import type { ReactNode } from 'react';
import { Link } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Layouts, Page } from '@strapi/strapi/admin';
import { NavLink } from 'react-router-dom';
import { useTexts } from '../text/use-texts';
import { TITLE_ID } from './main';
import { LIST_PATH } from './paths';

/** The frame of all pages below the list of sites. */
export function SubPage({ title, children }: { title: string; children: ReactNode }) {
  const say = useTexts();
  return (
    <Page.Main>
      <Page.Title>{title}</Page.Title>
      <Layouts.Header
        id={TITLE_ID}
        title={title}
        navigationAction={
          <Link tag={NavLink} to={LIST_PATH} startIcon={<ArrowLeft />}>
            {say('back')}
          </Link>
        }
      />
      <Layouts.Content>{children}</Layouts.Content>
    </Page.Main>
  );
}
