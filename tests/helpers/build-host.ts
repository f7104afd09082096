import { createHash, createHmac, randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** A message as a host sends it. */
export interface HostRequest {
  headers: Record<string, string>;
  body: string;
}

const hmac = (algorithm: string, secret: string, text: string) =>
  createHmac(algorithm, secret).update(text);

/** Builds a deploy notification of Netlify. */
export function netlifyRequest(secret: string, deploy: Record<string, unknown>): HostRequest {
  const body = JSON.stringify({
    context: 'production',
    published_at: deploy['created_at'],
    ssl_url: 'https://site.example',
    admin_url: 'https://app.netlify.com/sites/site',
    error_message: null,
    ...deploy,
  });
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const sha256 = createHash('sha256').update(body).digest('hex');
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ iss: 'netlify', sha256 })}`;
  const signature = hmac('sha256', secret, signed).digest('base64url');
  return { body, headers: { 'X-Webhook-Signature': `${signed}.${signature}` } };
}

/** Builds an event of Vercel. */
export function vercelRequest(
  secret: string,
  type: string,
  id: string,
  createdAt: number,
  target: string | null = 'production'
): HostRequest {
  const body = JSON.stringify({
    id: randomUUID(),
    type,
    createdAt,
    payload: {
      target,
      deployment: { id, url: 'site-1a2b.vercel.app', name: 'site' },
      links: { deployment: `https://vercel.com/team/site/${id}` },
    },
  });
  return { body, headers: { 'X-Vercel-Signature': hmac('sha1', secret, body).digest('hex') } };
}

/** Builds an event of GitHub; a string is sent as is. */
export function githubRequest(
  secret: string,
  event: string,
  payload: object | string
): HostRequest {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return {
    body,
    headers: {
      'X-GitHub-Event': event,
      'X-Hub-Signature-256': `sha256=${hmac('sha256', secret, body).digest('hex')}`,
    },
  };
}

/** Builds a message of a self-written receiver, signed by Standard Webhooks. */
export function receiverRequest(secret: string, message: object, at = new Date()): HostRequest {
  const body = JSON.stringify(message);
  const id = `msg_${randomUUID()}`;
  return {
    body,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
    },
  };
}
