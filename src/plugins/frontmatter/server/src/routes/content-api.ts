/**
 * Only callers who may read drafts may request a status other than `published`. Returns a new
 * object for each route: Strapi writes the permission that a route needs into it.
 */
const guarded = () => ({ middlewares: ['plugin::frontmatter.draft-guard'] });

const route = (method: string, path: string, handler: string, config: object = {}) => ({
  method,
  path,
  handler,
  config,
});

export const contentApiRoutes = {
  type: 'content-api',
  routes: [
    route('GET', '/', 'collection.find'),
    route('GET', '/changes', 'change.find'),
    route('GET', '/archive/:name', 'archive.findOne'),
    // Prometheus has its own token, which is not one of Strapi's API tokens and has no role.
    route('GET', '/metrics', 'metrics.find', { auth: false }),
    route('GET', '/openapi.json', 'schema.find'),
    route('GET', '/schemas/:collection.json', 'schema.findOne'),
    route('GET', '/redirects', 'redirect.find'),
    // The link itself says which document may be read, and until when.
    route('GET', '/preview/:link', 'preview.findOne', { auth: false }),
    route('GET', '/export', 'document.export'),
    route('GET', '/:collection', 'document.find', guarded()),
    route('POST', '/import', 'document.import', guarded()),
    route('GET', '/:collection/lint', 'document.lint', guarded()),
    route('GET', '/:collection/:slug', 'document.findOne', guarded()),
    route('GET', '/:collection/:slug/publications', 'document.findPublications'),
    route('PUT', '/:collection/:slug', 'document.update', guarded()),
  ],
};
