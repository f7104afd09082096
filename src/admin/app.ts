/** No look-up of Strapi's releases on another server, and no tutorials over the editors' work. */
export default {
  config: {
    notifications: { releases: false },
    tutorials: false,
  },
  bootstrap() {},
};
