import { errors } from 'strapi-plugin-frontmatter/kit/strapi-utils';
import type { Core } from '@strapi/strapi';
import { maskUrl } from '../../../../core';
import type { HookRow } from '../../models';
import { serviceOf } from '../foundation/service-of';

/** The parts of a hook that are only stored encrypted. */
export interface Credentials {
  url: string;
  token?: string | undefined;
  /** For hosts that report builds. */
  reportSecret?: string | undefined;
  headers: Record<string, string>;
  /** The current one first; empty for a preset that does not sign. */
  secrets: SigningSecret[];
}

export interface SigningSecret {
  secret: string;
  /** ISO 8601: until when it is used; absent for the current one. */
  until?: string | undefined;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
/** How long a replaced secret is used in addition to the new one, so that no message is rejected. */
const SECRET_OVERLAP_MS = DAY_MS;

/** A service of Strapi's admin. Both methods return `null`, and log why, if they fail. */
interface Encryption {
  encrypt(text: string): string | null;
  decrypt(text: string): string | null;
}

/** Keeps addresses, tokens, header values and secrets unreadable in the database. */
export function createCredentials({ strapi }: { strapi: Core.Strapi }) {
  const encryption = () => strapi.service('admin::encryption') as unknown as Encryption; // has no types

  return {
    /**
     * Returns the columns that store the credentials, and the masked address, which may be shown.
     *
     * @throws ApplicationError without an ENCRYPTION_KEY.
     */
    seal(credentials: Credentials): Pick<HookRow, 'credentials' | 'maskedUrl'> {
      const sealed = encryption().encrypt(JSON.stringify(credentials));
      if (sealed !== null) return { credentials: sealed, maskedUrl: maskUrl(credentials.url) };
      throw new errors.ApplicationError(
        'The address and the secrets of a hook are stored encrypted, and ENCRYPTION_KEY is not set: nothing was saved. Set it, and restart'
      );
    },

    /** @returns `undefined` if they were sealed with another ENCRYPTION_KEY, or are damaged. */
    open({ credentials }: Pick<HookRow, 'credentials'>): Credentials | undefined {
      try {
        const text = encryption().decrypt(credentials);
        return text === null ? undefined : (JSON.parse(text) as Credentials);
      } catch {
        return undefined; // somebody wrote into the table what was never encrypted
      }
    },
  };
}

/** Adds a new secret; the previous one is still valid for a day. */
export function withSecret(credentials: Credentials, secret: string, now: Date): Credentials {
  const [current] = credentials.secrets;
  const until = new Date(now.getTime() + SECRET_OVERLAP_MS).toISOString();
  const previous = current ? [{ secret: current.secret, until }] : [];
  return { ...credentials, secrets: [{ secret }, ...previous] };
}

/** Returns the secrets to sign with now. */
export const validSecrets = ({ secrets }: Credentials, now: Date): SigningSecret[] =>
  secrets.filter(({ until }) => until === undefined || new Date(until) > now);

export const getCredentials = serviceOf('credentials', createCredentials);
