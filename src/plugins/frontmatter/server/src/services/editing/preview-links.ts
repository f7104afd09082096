import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { getClock } from '../foundation/clock';
import { serviceOf } from '../foundation/service-of';

const VALID_MS = 15 * 60 * 1_000;
const KEY_BYTES = 32;

const payload = z.object({
  contentType: z.string(),
  documentId: z.string(),
  status: z.enum(['draft', 'published']),
  /** Milliseconds since 1970. */
  until: z.number(),
});

export type PreviewTarget = Omit<z.infer<typeof payload>, 'until'>;

/**
 * Creates and opens links with which a site shows an editor one document as it is in the panel. A
 * link is signed, valid for 15 minutes, needs no token, and is not stored.
 */
export function createPreviewLinks({ strapi }: { strapi: Core.Strapi }) {
  function sign(text: string): Buffer {
    const secret = strapi.config.get<string>('admin.auth.secret');
    const key = hkdfSync('sha256', secret, '', 'frontmatter preview link', KEY_BYTES);
    return createHmac('sha256', Buffer.from(key)).update(text).digest();
  }

  const now = (): number => getClock(strapi).now().getTime();

  return {
    create(target: PreviewTarget): string {
      const json = JSON.stringify({ ...target, until: now() + VALID_MS });
      const text = Buffer.from(json).toString('base64url');
      return `${text}.${sign(text).toString('base64url')}`;
    },

    /** @returns `undefined` if the link was not created here, was changed, or is too old. */
    open(link: string): PreviewTarget | undefined {
      const [text = '', signature = ''] = link.split('.');
      const given = Buffer.from(signature, 'base64url');
      const expected = sign(text);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      const { until, ...target } = payload.parse(
        JSON.parse(Buffer.from(text, 'base64url').toString())
      );
      return until > now() ? target : undefined;
    },
  };
}

export const getPreviewLinks = serviceOf('preview-links', createPreviewLinks);
