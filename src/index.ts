import type { Core } from '@strapi/strapi';
import { assertConfigured } from './startup/assert-configured';
import { grantOpenActions } from './startup/open-roles';

export default {
  register: ({ strapi }: { strapi: Core.Strapi }) => assertConfigured({ strapi }),
  bootstrap: ({ strapi }: { strapi: Core.Strapi }) => grantOpenActions({ strapi }),
};
