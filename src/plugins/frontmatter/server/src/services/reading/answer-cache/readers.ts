import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { ReaderState, ReadToken } from './answer-cache';

/** Anyone without credentials, or the hash of an API token. */
export type Reader = 'anyone' | { accessKey: string };

/** After this, Strapi records again that a token is in use; the ordinary route does that. */
const NOTED_MS = 60 * 60 * 1000;

/** @returns `undefined` for credentials other than a bearer token: Strapi decides about those. */
export function readerOf(strapi: Core.Strapi, { request }: Context): Reader | undefined {
  const { authorization } = request.headers;
  if (authorization === undefined) return 'anyone';
  const [, token] = /^bearer\s+(\S+)$/i.exec(authorization) ?? [];
  if (token === undefined) return undefined;
  return { accessKey: strapi.service('admin::api-token-content-api').hash(token) };
}

/** Whether a reader may perform an action, as Strapi decides: same tokens, types and actions. */
export function mayRead(state: ReaderState, reader: Reader, action: string): boolean {
  if (reader === 'anyone') return state.open.has(action);
  const token = state.tokens.get(reader.accessKey);
  if (!token || !isInUse(token)) return false;
  if (token.type === 'full-access') return true;
  if (token.type === 'read-only') return /find(One)?$/.test(action);
  return token.actions.has(action);
}

function isInUse({ expiresAt, lastUsedAt }: ReadToken): boolean {
  const now = Date.now();
  return expiresAt > now && lastUsedAt > now - NOTED_MS;
}
