import type { Core } from '@strapi/strapi';

interface PartialIndex {
  name: string;
  tableName: string;
  columns: readonly string[];
  /** SQL without parameters: SQLite uses the index only if a statement contains this condition. */
  where: string;
}

/**
 * Creates a partial index, which Strapi's models cannot declare. Strapi drops indexes that its
 * models do not know whenever it changes a table, so call this on each start, after that.
 */
export async function ensurePartialIndex(
  { db }: Core.Strapi,
  { name, tableName, columns, where }: PartialIndex
): Promise<void> {
  const table = [db.getSchemaName(), tableName].filter(Boolean).join('.');
  await db.transaction(({ trx }) =>
    trx.raw(
      `CREATE INDEX IF NOT EXISTS ?? ON ?? (${columns.map(() => '??').join(', ')}) WHERE ${where}`,
      [name, table, ...columns]
    )
  );
}
