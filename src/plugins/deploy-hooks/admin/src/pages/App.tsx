import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { MAY_READ } from '../data/rights';
import { EditPage } from './EditPage';
import { NewPage } from './NewPage';
import { SitePage } from './SitePage';
import { SitesPage } from './SitesPage';

export const App = () => (
  <Page.Protect permissions={[MAY_READ]}>
    <Routes>
      <Route index element={<SitesPage />} />
      <Route path="new" element={<NewPage />} />
      <Route path=":id" element={<SitePage />} />
      <Route path=":id/edit" element={<EditPage />} />
    </Routes>
  </Page.Protect>
);
