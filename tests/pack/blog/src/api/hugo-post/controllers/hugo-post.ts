import { factories } from '@strapi/strapi';

export default factories.createCoreController('api::hugo-post.hugo-post' as never);
