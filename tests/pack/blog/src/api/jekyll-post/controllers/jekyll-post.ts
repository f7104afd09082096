import { factories } from '@strapi/strapi';

export default factories.createCoreController('api::jekyll-post.jekyll-post' as never);
