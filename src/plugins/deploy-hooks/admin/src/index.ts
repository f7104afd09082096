import type { StrapiApp } from '@strapi/strapi/admin';
import { Rocket } from '@strapi/icons';
import { MAY_READ } from './data/rights';
import { SitesPanel } from './panel/SitesPanel';
import { keyOf, PLUGIN_ID } from './plugin-id';
import en from './translations/en.json';

interface ContentManager {
  apis: { addEditViewSidePanel(panels: unknown[]): void };
}

export default {
  register(app: StrapiApp): void {
    app.registerPlugin({ id: PLUGIN_ID, name: PLUGIN_ID });
    app.addMenuLink({
      to: `plugins/${PLUGIN_ID}`,
      icon: Rocket,
      intlLabel: { id: keyOf('title'), defaultMessage: en.title },
      permissions: [MAY_READ],
      Component: () => import('./pages/App').then(({ App }) => ({ default: App })),
    });
  },

  bootstrap(app: StrapiApp): void {
    const contentManager = app.getPlugin('content-manager') as unknown as ContentManager;
    contentManager.apis.addEditViewSidePanel([SitesPanel]);
  },

  registerTrads({ locales }: { locales: string[] }) {
    const data = Object.fromEntries(Object.entries(en).map(([name, text]) => [keyOf(name), text]));
    return locales.map((locale) => ({ locale, data }));
  },
};
