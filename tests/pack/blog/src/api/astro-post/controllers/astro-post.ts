import { factories } from '@strapi/strapi';

export default factories.createCoreController('api::astro-post.astro-post' as never);
