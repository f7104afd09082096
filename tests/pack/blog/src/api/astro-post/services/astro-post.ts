import { factories } from '@strapi/strapi';

export default factories.createCoreService('api::astro-post.astro-post' as never);
