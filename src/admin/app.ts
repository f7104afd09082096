import type { RBACMiddleware, StrapiApp } from '@strapi/strapi/admin';

/** Controls the link to the marketplace and the list of plugins that leads there. */
const MARKETPLACE = 'admin::marketplace.read';

/**
 * Key under which Strapi stores that a browser has dismissed the announcement of a new media
 * library, which covers the top of every page. It ends in the id of the project: `false` without
 * telemetry.
 */
const DISMISSED_BANNER = 'STRAPI_MEDIA_LIBRARY_BANNER_DISMISSED_FOR_false:false';

const withoutMarketplace: RBACMiddleware = () => (next) => (permissions) =>
  next(permissions.filter(({ action }) => action !== MARKETPLACE));

/** Leaves the panel to the editors: no offers, no announcements, no requests to other servers. */
export default {
  config: { notifications: { releases: false } },
  register(app: StrapiApp) {
    app.addRBACMiddleware(withoutMarketplace);
  },
  bootstrap() {
    localStorage.setItem(DISMISSED_BANNER, 'true');
  },
};
