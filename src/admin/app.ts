/** The panel asks no other server for anything, and shows no advertising for Strapi's features. */
export default {
  config: {
    notifications: { releases: false },
    tutorials: false,
  },
  bootstrap() {},
};
