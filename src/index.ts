import type { Core } from '@strapi/strapi';
import { grantPublicActions } from './bootstrap/public-role';

export default {
  bootstrap: ({ strapi }: { strapi: Core.Strapi }) => grantPublicActions({ strapi }),
};
