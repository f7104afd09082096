const forEditors = () => ({ policies: ['admin::isAuthenticatedAdmin'] });

export const adminRoutes = {
  type: 'admin',
  routes: [
    { method: 'GET', path: '/shapes', handler: 'panel.shapes', config: forEditors() },
    { method: 'GET', path: '/owners/:model', handler: 'panel.owners', config: forEditors() },
    { method: 'POST', path: '/preview/:model', handler: 'panel.preview', config: forEditors() },
    {
      method: 'POST',
      path: '/names/:model/:attribute',
      handler: 'panel.names',
      config: forEditors(),
    },
  ],
};
