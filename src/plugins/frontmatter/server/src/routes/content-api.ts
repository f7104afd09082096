/**
 * Only who may read drafts may name a status other than `published`. A new object for each route:
 * Strapi writes the permission that a route needs into it.
 */
const guarded = () => ({ middlewares: ['plugin::frontmatter.draft-guard'] });

export const contentApiRoutes = {
  type: 'content-api',
  routes: [
    { method: 'GET', path: '/', handler: 'collection.find', config: {} },
    { method: 'GET', path: '/changes', handler: 'change.find', config: {} },
    { method: 'GET', path: '/archive/:name', handler: 'archive.findOne', config: {} },
    // Prometheus has a token of its own, which no role or API token of Strapi's stands for.
    { method: 'GET', path: '/metrics', handler: 'metrics.find', config: { auth: false } },
    { method: 'GET', path: '/openapi.json', handler: 'schema.find', config: {} },
    { method: 'GET', path: '/schemas/:collection.json', handler: 'schema.findOne', config: {} },
    { method: 'GET', path: '/redirects', handler: 'redirect.find', config: {} },
    // The link itself says which document may be read, and until when.
    {
      method: 'GET',
      path: '/preview/:link',
      handler: 'preview.findOne',
      config: { auth: false },
    },
    { method: 'GET', path: '/export', handler: 'document.export', config: {} },
    { method: 'GET', path: '/:collection', handler: 'document.find', config: guarded() },
    { method: 'POST', path: '/import', handler: 'document.import', config: guarded() },
    { method: 'GET', path: '/:collection/lint', handler: 'document.lint', config: guarded() },
    { method: 'GET', path: '/:collection/:slug', handler: 'document.findOne', config: guarded() },
    {
      method: 'GET',
      path: '/:collection/:slug/publications',
      handler: 'document.findPublications',
      config: {},
    },
    { method: 'PUT', path: '/:collection/:slug', handler: 'document.update', config: guarded() },
  ],
};
