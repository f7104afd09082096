import type { Core } from '@strapi/strapi';
import type { Author } from '../../../../shared';
import type { PublicationReason } from '../../models';
import { stateOf } from '../foundation/request-state';

interface Person {
  firstname?: string | null;
  lastname?: string | null;
  username?: string | null;
  name?: string | null;
}

/** The part of Strapi's authentication result that identifies the caller. */
interface Authentication {
  strategy?: { name?: string };
  credentials?: Person | null;
}

const KINDS: Record<string, Author['kind']> = {
  admin: 'editor',
  'api-token': 'token',
  'users-permissions': 'user',
};

/** Returns who is publishing at the moment. */
export function authorOf(strapi: Core.Strapi, reason: PublicationReason): Author {
  if (reason === 'window') return { kind: 'schedule', name: null };
  const request = strapi.requestContext.get();
  if (!request) {
    const isServer = strapi.server.httpServer.listening;
    return { kind: isServer ? 'system' : 'command', name: null };
  }
  const { strategy, credentials } = (stateOf(request).auth ?? {}) as Authentication;
  return { kind: KINDS[strategy?.name ?? ''] ?? 'user', name: nameOf(credentials) };
}

function nameOf(person: Person | null | undefined): string | null {
  const { firstname, lastname, username, name } = person ?? {};
  const full = [firstname, lastname].filter(Boolean).join(' ');
  return full || username || name || null;
}
