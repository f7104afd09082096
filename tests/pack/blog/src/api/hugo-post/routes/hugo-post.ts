import { factories } from '@strapi/strapi';

export default factories.createCoreRouter('api::hugo-post.hugo-post' as never);
