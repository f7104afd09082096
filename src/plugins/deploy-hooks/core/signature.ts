import { Webhook } from 'standardwebhooks';
import { z } from 'zod';

const SECRET_PREFIX = 'whsec_';
/** Standard Webhooks 1.0.0, "Signature scheme". */
const SECRET_BYTES = { made: 32, min: 24, max: 64 };

export interface Signed {
  /** The same at each attempt; without a full stop. */
  messageId: string;
  /** Time of this attempt. */
  at: Date;
  body: string | null;
  /** As `whsec_…`: the current one, and the previous one while in use. Empty: nothing is signed. */
  secrets: readonly string[];
}

/**
 * Returns the headers of Standard Webhooks 1.0.0: https://www.standardwebhooks.com
 *
 * @throws Error for a secret that `secretProblem` does not accept.
 */
export function signatureHeaders({ messageId, at, body, secrets }: Signed): Record<string, string> {
  const signatures = secrets.map((secret) => new Webhook(secret).sign(messageId, at, body ?? ''));
  return {
    'webhook-id': messageId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    ...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') }),
  };
}

/** @param randomBytes A cryptographically secure generator. */
export const newSecret = (randomBytes: (size: number) => Uint8Array): string =>
  SECRET_PREFIX + btoa(String.fromCharCode(...randomBytes(SECRET_BYTES.made)));

/** Returns why a text is not a signing secret: a predicate that contains nothing of the text. */
export function secretProblem(text: string): string | undefined {
  if (!text.startsWith(SECRET_PREFIX)) return `must begin with ${SECRET_PREFIX}`;
  const { success, data } = z.base64().safeParse(text.slice(SECRET_PREFIX.length));
  if (!success) return `must be ${SECRET_PREFIX} and then base64, padded with =`;
  const bytes = atob(data).length;
  const { min, max } = SECRET_BYTES;
  if (bytes >= min && bytes <= max) return undefined;
  return `has ${bytes} bytes after ${SECRET_PREFIX}: use ${min} to ${max}, or leave it out to have one generated`;
}
