import { factories } from '@strapi/strapi';

const publishedUnlessAllowed = { middlewares: ['plugin::frontmatter.draft-guard'] };

export default factories.createCoreRouter('api::sponsor.sponsor', {
  config: { find: publishedUnlessAllowed, findOne: publishedUnlessAllowed },
});
