import { factories } from '@strapi/strapi';

export default factories.createCoreService('api::hugo-post.hugo-post' as never);
