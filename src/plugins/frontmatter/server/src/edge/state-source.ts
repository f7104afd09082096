import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { BEGIN, parseCursor } from '../../../core';
import { PUBLICATION } from '../models';
import { getService, PLUGIN_ID } from '../plugin-id';
import type { StateSource } from './answer-cache';

/** Beyond this, all that is kept is forgotten. */
const MAX_CHANGED = 1000;

interface StateRow {
  position: string | null;
  permissions: string | null;
}

/** Asks the database what decides the answers that are kept: once for each of them, so one small query. */
export function createStateSource({ strapi }: { strapi: Core.Strapi }): StateSource {
  const connection = () => getService(strapi, 'read-connection');
  const readRow = connection().prepare<StateRow>(() => stateQuery(strapi));

  return {
    async readState() {
      const { position, permissions } = await readRow();
      const newest = (position === null ? BEGIN : parseCursor(position)) ?? BEGIN;
      return { newest, permissions: Object.fromEntries(pairsOf(permissions ?? '')) };
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

/** Of `7=plugin::frontmatter.document.find,9=…`, actions and ids. */
const pairsOf = (permissions: string): [string, string][] =>
  permissions.split(',').flatMap((pair): [string, string][] => {
    const [id, action] = pair.split('=');
    return id && action ? [[action, id]] : [];
  });

/** The newest position, and which of our actions the public role may do. */
function stateQuery(strapi: Core.Strapi): Knex.QueryBuilder {
  const { db } = strapi;
  const knex = db.connection;
  const permission = db.metadata.get('plugin::users-permissions.permission');
  const role = db.metadata.get('plugin::users-permissions.role');
  const { joinTable } = permission.attributes['role'] as unknown as { joinTable: JoinTable };
  const list = db.dialect.client === 'postgres' ? 'string_agg' : 'group_concat';
  const permissions = db
    .getConnection(`${permission.tableName} as permission`)
    .join(`${joinTable.name} as link`, `link.${joinTable.joinColumn.name}`, 'permission.id')
    .join(`${role.tableName} as role`, 'role.id', `link.${joinTable.inverseJoinColumn.name}`)
    .where('role.type', 'public')
    .where('permission.action', 'like', `plugin::${PLUGIN_ID}.%`)
    .select(knex.raw(`${list}(permission.id || '=' || permission.action, ',')`));
  const position = db
    .getConnection(PUBLICATION.tableName)
    .orderBy('seq', 'desc')
    .limit(1)
    .select(knex.raw('?? || ? || ??', ['seq', '.', 'token']));
  return knex.queryBuilder().select({ position, permissions });
}

interface JoinTable {
  name: string;
  joinColumn: { name: string };
  inverseJoinColumn: { name: string };
}
