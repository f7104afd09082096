import { factories } from '@strapi/strapi';

export default factories.createCoreService('api::author.author' as never);
