import { factories } from '@strapi/strapi';

export default factories.createCoreRouter('api::jekyll-post.jekyll-post' as never);
