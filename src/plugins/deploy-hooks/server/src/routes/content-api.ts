export const contentApiRoutes = {
  type: 'content-api',
  routes: [
    // Hosts have no account here: they sign what they send.
    {
      method: 'POST',
      path: '/reports/:id',
      handler: 'report.receive',
      config: { auth: false },
    },
  ],
};
