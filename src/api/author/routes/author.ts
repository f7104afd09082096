import { factories } from '@strapi/strapi';

const publishedUnlessAllowed = { middlewares: ['plugin::frontmatter.draft-guard'] };

export default factories.createCoreRouter('api::author.author', {
  config: { find: publishedUnlessAllowed, findOne: publishedUnlessAllowed },
});
