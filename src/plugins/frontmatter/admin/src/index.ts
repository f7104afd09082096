import type { StrapiApp } from '@strapi/strapi/admin';
import type { Action } from './actions/document-action';
import { nameOwners } from './actions/name-owners';
import { DeletedDocuments } from './history/DeletedDocuments';
import { HistoryAction } from './history/HistoryAction';
import { FrontmatterPanel } from './panel/FrontmatterPanel';
import { ShownByPanel } from './panel/ShownByPanel';
import { keyOf, PLUGIN_ID } from './plugin-id';
import { SaveGuard } from './saving/SaveGuard';
import { watchSaves } from './saving/watch-saves';
import en from './translations/en.json';
import strapi from './translations/strapi.json';

interface ContentManager {
  apis: {
    addBulkAction(change: (actions: Action[]) => Action[]): void;
    addDocumentAction(change: Action[] | ((actions: Action[]) => Action[])): void;
    addEditViewSidePanel(panels: unknown[]): void;
  };
  injectComponent(
    view: string,
    area: string,
    component: { name: string; Component: unknown }
  ): void;
}

export default {
  register(app: StrapiApp): void {
    app.registerPlugin({ id: PLUGIN_ID, name: PLUGIN_ID });
  },

  bootstrap(app: StrapiApp): void {
    const contentManager = app.getPlugin('content-manager') as unknown as ContentManager;
    contentManager.apis.addEditViewSidePanel([FrontmatterPanel, ShownByPanel]);
    contentManager.apis.addDocumentAction((actions) => [...nameOwners(actions), HistoryAction]);
    contentManager.apis.addBulkAction(nameOwners);
    contentManager.injectComponent('editView', 'right-links', {
      name: PLUGIN_ID,
      Component: SaveGuard,
    });
    contentManager.injectComponent('listView', 'actions', {
      name: PLUGIN_ID,
      Component: DeletedDocuments,
    });
    watchSaves();
  },

  registerTrads({ locales }: { locales: string[] }) {
    const own = Object.fromEntries(Object.entries(en).map(([name, text]) => [keyOf(name), text]));
    return locales.map((locale) => ({
      locale,
      data: locale === 'en' ? { ...own, ...strapi } : own,
    }));
  },
};
