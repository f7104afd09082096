import { factories } from '@strapi/strapi';

export default factories.createCoreRouter('api::astro-post.astro-post' as never);
