import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import type { Preset } from '../../../../core';

/** What a host sent; names of headers are in lower case. */
export interface SignedMessage {
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
}

type Check = (message: SignedMessage, secret: string) => boolean;

const HOSTS: Partial<Record<Preset, Check>> = {
  netlify: isOfNetlify,
  vercel: ({ headers, body }, secret) =>
    isSame(headers['x-vercel-signature'], hmac('sha1', secret, body).toString('hex')),
  github: ({ headers, body }, secret) =>
    isSame(
      headers['x-hub-signature-256'],
      `sha256=${hmac('sha256', secret, body).toString('hex')}`
    ),
};

/** Whether a message is from the host, and was not changed on its way. */
export const isSigned = (
  preset: Preset,
  message: SignedMessage,
  secrets: readonly string[]
): boolean => secrets.some((secret) => (HOSTS[preset] ?? isOfStandardWebhooks)(message, secret));

const claims = z.object({ iss: z.literal('netlify'), sha256: z.string() });

/** Checks a JSON Web Signature of the hash of the body, by HS256 whatever its header says. */
function isOfNetlify({ headers, body }: SignedMessage, secret: string): boolean {
  const [head, payload = '', signature] = (headers['x-webhook-signature'] ?? '').split('.');
  const expected = hmac('sha256', secret, `${head}.${payload}`).toString('base64url');
  if (!isSame(signature, expected)) return false;
  const { data } = claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  return isSame(data?.sha256, createHash('sha256').update(body).digest('hex'));
}

function isOfStandardWebhooks({ headers, body }: SignedMessage, secret: string): boolean {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false; // it throws for anything wrong, including a message that is too old
  }
}

const hmac = (algorithm: string, secret: string, text: string): Buffer =>
  createHmac(algorithm, secret).update(text).digest();

function isSame(given: string | undefined, expected: string): boolean {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
