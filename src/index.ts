import type { Core } from '@strapi/strapi';
import { assertConfigured } from './startup/assert-configured';
import { grantPublicActions } from './startup/public-role';

export default {
  register: ({ strapi }: { strapi: Core.Strapi }) => assertConfigured({ strapi }),
  bootstrap: ({ strapi }: { strapi: Core.Strapi }) => grantPublicActions({ strapi }),
};
