// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { startCms } from '../helpers/cms';
import { createDatabase, withPlugins } from '../helpers/database';
import { deployHooks } from '../helpers/deploy-hooks';
import { startDeployReceiver } from '../helpers/deploy-receiver';
import { publishRoadmap } from '../helpers/roadmaps';

test('a list of retries that is shorter than the default one is used as it is', async () => {
  const site = await startDeployReceiver();
  site.answerWith(() => 500);
  const settings = { allowedHosts: ['127.0.0.1'], retryDelaysMs: [1] };
  const database = withPlugins(await createDatabase(), { deployHooks: settings });
  const cms = await startCms(database);
  const hooks = deployHooks(cms.strapi);
  const { id } = await hooks.create({
    name: 'Site',
    url: site.url,
    quietPeriodMs: 0,
    maxWaitMs: 0,
  });
  await publishRoadmap(cms.strapi, { slug: 'given-up' });
  while (site.messages.length < 2) await hooks.dispatch();
  const row = await hooks.row(id);
  await cms.stop();
  await site.stop();
  await database.drop();

  expect(row?.pausedReason).toContain('Gave up');
});
