import type { Core } from '@strapi/strapi';
import { createPreviewHandler } from 'strapi-plugin-frontmatter/preview';

const config = ({ env }: Core.Config.Shared.ConfigParams): Partial<Core.Config.Admin> => ({
  auth: { secret: env('ADMIN_JWT_SECRET', '') },
  apiToken: { salt: env('API_TOKEN_SALT', '') },
  transfer: { token: { salt: env('TRANSFER_TOKEN_SALT') } },
  secrets: { encryptionKey: env('ENCRYPTION_KEY') },
  flags: { nps: false, promoteEE: false, docLinks: false },
  preview: previewOf(env('SITE_URL', '')),
});

/** Where editors preview drafts. Without SITE_URL, Strapi offers no preview. */
const previewOf = (site: string): Core.Config.Admin['preview'] =>
  site === ''
    ? { enabled: false, config: { handler: () => null } } // the type asks for a handler, which nothing calls
    : {
        enabled: true,
        config: {
          allowedOrigins: [urlOf(site).origin],
          handler: createPreviewHandler({ page: new URL('preview', urlOf(site)).href }),
        },
      };

/** Ends with a slash, so that `preview` is added to the path and replaces nothing. */
function urlOf(site: string): URL {
  if (/^https?:/.test(site) && URL.canParse(site)) return new URL(site.replace(/\/*$/, '/'));
  throw new Error(
    `SITE_URL is '${site}': begin it with http:// or https://, such as https://www.example.org`
  );
}

export default config;
