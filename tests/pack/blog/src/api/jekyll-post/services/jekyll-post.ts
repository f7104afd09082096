import { factories } from '@strapi/strapi';

export default factories.createCoreService('api::jekyll-post.jekyll-post' as never);
