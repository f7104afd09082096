export const contentApiRoutes = {
  type: 'content-api',
  routes: [
    { method: 'GET', path: '/', handler: 'document.find', config: {} },
    {
      method: 'GET',
      path: '/:collection/:slug',
      handler: 'document.findOne',
      config: { middlewares: ['plugin::frontmatter.draft-guard'] },
    },
  ],
};
