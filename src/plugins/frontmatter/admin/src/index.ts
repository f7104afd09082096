import type { StrapiApp } from '@strapi/strapi/admin';
import { FrontmatterPanel } from './panel/FrontmatterPanel';
import { keyOf, PLUGIN_ID } from './plugin-id';
import en from './translations/en.json';

interface ContentManager {
  apis: { addEditViewSidePanel(panels: unknown[]): void };
}

export default {
  register(app: StrapiApp): void {
    app.registerPlugin({ id: PLUGIN_ID, name: PLUGIN_ID });
  },

  bootstrap(app: StrapiApp): void {
    const contentManager = app.getPlugin('content-manager') as unknown as ContentManager;
    contentManager.apis.addEditViewSidePanel([FrontmatterPanel]);
  },

  registerTrads({ locales }: { locales: string[] }) {
    const data = Object.fromEntries(Object.entries(en).map(([name, text]) => [keyOf(name), text]));
    return locales.map((locale) => ({ locale, data }));
  },
};
