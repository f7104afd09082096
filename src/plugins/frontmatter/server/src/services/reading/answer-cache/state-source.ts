import type { Core, UID } from '@strapi/strapi';
import { isEqual } from 'es-toolkit';
import type { Knex } from 'knex';
import { BEGIN, parseCursor } from '../../../../../core';
import { PUBLICATION } from '../../../models';
import { PLUGIN_ID } from '../../../plugin-id';
import { getReadConnection } from '../../store/read-connection';
import type { ReaderState, ReadToken, StateSource } from './answer-cache';

/** If more slugs than this have changed, all kept answers are dropped. */
const MAX_CHANGED = 1000;

/** Lists are texts, since a single query reads all of it; `open` is `action,…`. */
interface StateRow {
  position: string | null;
  open: string | null;
  /** `id|hash|type|expires at|last used at,…` */
  tokens: string | null;
  /** Actions of custom tokens: `id|action,…` */
  grants: string | null;
}

/** Reads what the kept answers depend on, in one small query: it runs before each of them. */
export function createStateSource({ strapi }: { strapi: Core.Strapi }): StateSource {
  const connection = () => getReadConnection(strapi);
  const readRow = connection().prepare<StateRow>(() => stateQuery(strapi));

  let last: { row: StateRow; state: ReaderState } | undefined;

  return {
    async readState() {
      const row = await readRow();
      if (!last || !isEqual(last.row, row)) last = { row, state: stateOf(row) };
      return last.state;
    },

    async changedSince({ seq, token }) {
      return connection().snapshot(async (trx) => {
        const table = () => connection().query(PUBLICATION.tableName, trx);
        const isKnown = seq === 0 || (await table().where({ seq, token }).first('seq'));
        if (!isKnown) return undefined;
        const rows = await table()
          .where('seq', '>', seq)
          .limit(MAX_CHANGED + 1)
          .select('collection', 'slug');
        return rows.length > MAX_CHANGED ? undefined : rows;
      });
    },
  };
}

function stateOf({ position, open, tokens, grants }: StateRow): ReaderState {
  const granted = rowsOf(grants);
  return {
    newest: (position === null ? BEGIN : parseCursor(position)) ?? BEGIN,
    open: new Set(rowsOf(open).flat()),
    tokens: new Map(
      rowsOf(tokens).map(([id, accessKey = '', type = '', expiresAt, lastUsedAt]) => {
        const actions = granted.flatMap(([of, action = '']) => (of === id ? [action] : []));
        const token: ReadToken = {
          type,
          expiresAt: momentOf(expiresAt) ?? Infinity,
          lastUsedAt: momentOf(lastUsedAt) ?? 0,
          actions: new Set(actions),
        };
        return [accessKey, token];
      })
    ),
  };
}

const rowsOf = (list: string | null): string[][] =>
  list ? list.split(',').map((row) => row.split('|')) : [];

/** Parses a moment like the driver without a time zone: milliseconds on SQLite, else local time. */
function momentOf(text: string | undefined): number | undefined {
  if (!text) return undefined;
  return /^\d+$/.test(text) ? Number(text) : new Date(text).getTime();
}

/** Queries the newest position, our actions permitted to the public role, and the API tokens. */
function stateQuery(strapi: Core.Strapi): Knex.QueryBuilder {
  const { db } = strapi;
  const knex = db.connection;
  const list = (...columns: string[]): Knex.Raw => {
    const name = db.dialect.client === 'postgres' ? 'string_agg' : 'group_concat';
    const texts = columns.map((column) => `coalesce(cast(${column} as text), '')`);
    return knex.raw(`${name}(${texts.join(` || '|' || `)}, ',')`);
  };
  /** Queries our actions in a table of permissions, each with the row that owns the permission. */
  const ours = (permissions: UID.Schema, attribute: string, owners: UID.Schema) => {
    const { tableName, attributes } = db.metadata.get(permissions);
    const { joinTable } = attributes[attribute] as unknown as { joinTable: JoinTable };
    return db
      .getConnection(`${tableName} as permission`)
      .join(`${joinTable.name} as link`, `link.${joinTable.joinColumn.name}`, 'permission.id')
      .join(
        `${db.metadata.get(owners).tableName} as owner`,
        'owner.id',
        `link.${joinTable.inverseJoinColumn.name}`
      )
      .where('permission.action', 'like', `plugin::${PLUGIN_ID}.%`);
  };
  const apiToken = 'admin::api-token';
  return knex.queryBuilder().select({
    position: db
      .getConnection(PUBLICATION.tableName)
      .orderBy('seq', 'desc')
      .limit(1)
      .select(knex.raw('?? || ? || ??', ['seq', '.', 'token'])),
    open: ours('plugin::users-permissions.permission', 'role', 'plugin::users-permissions.role')
      .where('owner.type', 'public')
      .select(list('permission.action')),
    tokens: db
      .getConnection(db.metadata.get(apiToken).tableName)
      // Strapi treats tokens from before there were kinds as tokens of the content API.
      .whereRaw(`coalesce(kind, 'content-api') = 'content-api'`)
      .select(list('id', 'access_key', 'type', 'expires_at', 'last_used_at')),
    grants: ours('admin::api-token-permission', 'token', apiToken).select(
      list('owner.id', 'permission.action')
    ),
  });
}

interface JoinTable {
  name: string;
  joinColumn: { name: string };
  inverseJoinColumn: { name: string };
}
