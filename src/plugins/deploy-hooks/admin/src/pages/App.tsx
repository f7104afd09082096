import type { ReactNode } from 'react';
import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { MAY_READ, MAY_UPDATE } from '../data/rights';
import { EditPage } from './EditPage';
import { SiteForm } from './SiteForm';
import { SitePage } from './SitePage';
import { SitesPage } from './SitesPage';

export const App = () => (
  <Page.Protect permissions={[MAY_READ]}>
    <Routes>
      <Route index element={<SitesPage />} />
      <Route path=":id" element={<SitePage />} />
      <Route path="new" element={<Changing page={<SiteForm />} />} />
      <Route path=":id/edit" element={<Changing page={<EditPage />} />} />
    </Routes>
  </Page.Protect>
);

/** A page for users who may change sites: others would find out only when they save. */
const Changing = ({ page }: { page: ReactNode }) => (
  <Page.Protect permissions={[MAY_UPDATE]}>{page}</Page.Protect>
);
