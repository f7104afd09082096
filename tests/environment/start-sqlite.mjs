import path from 'node:path';
import { findOrCreate, fillTemplate } from './template.mjs';

/** Creates the file that each test on SQLite copies. */
export default async function startSqlite() {
  const folder = await findOrCreate('sqlite', (folder) =>
    fillTemplate({ DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: path.join(folder, 'template.db') })
  );
  process.env.TEST_TEMPLATE_FILE = path.join(folder, 'template.db');
}
