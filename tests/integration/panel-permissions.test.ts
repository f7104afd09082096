// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { grantActions } from '../../src/plugins/frontmatter/server/src/permissions';
import { startCms, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';

const ACTIONS = ['history.read', 'history.restore', 'panel.read'].map(
  (action) => `plugin::frontmatter.${action}`
);

let database: TestDatabase;
let cms: Cms;

beforeAll(async () => {
  database = await createDatabase({ isEmpty: true });
  cms = await startCms(database);
});

afterAll(async () => {
  await cms.stop();
  await database.drop();
});

const permissions = () => cms.strapi.db.query('admin::permission');

const actionsOf = async (code: string): Promise<string[]> => {
  const found = await permissions().findMany({
    where: { role: { code }, action: { $in: ACTIONS } },
  });
  return found.map(({ action }) => action).sort();
};

test('at the first start, roles that may edit documents get the permissions of the panel, once', async () => {
  expect(await actionsOf('strapi-editor')).toEqual([]);

  await grantActions(cms.strapi);
  expect(await actionsOf('strapi-editor')).toEqual(ACTIONS);
  expect(await actionsOf('strapi-author')).toEqual(ACTIONS);

  await permissions().deleteMany({
    where: { role: { code: 'strapi-author' }, action: 'plugin::frontmatter.history.restore' },
  });
  await grantActions(cms.strapi);
  expect(await actionsOf('strapi-author')).toEqual([ACTIONS[0], ACTIONS[2]]);
});
