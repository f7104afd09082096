import type { Core } from '@strapi/strapi';

interface PartialIndex {
  name: string;
  tableName: string;
  columns: readonly string[];
  /** SQL without parameters: SQLite uses the index for statements that hold these very words. */
  where: string;
}

/**
 * Strapi's own indexes have no condition, and those that its models do not know it drops whenever
 * it changes a table: this is for each start, after that.
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
