import { createToken } from '../helpers/accounts';
import { listen, startCms, type Cms } from '../helpers/cms';
import { atDepth } from '../helpers/depth';
import { publishRoadmap } from '../helpers/roadmaps';
import { startReader, type Answer } from '../helpers/reader';
import { roadmapText, roadmapUrl } from '../helpers/uploads';

/** Decision 11 was measured with 200 files, which takes minutes alongside other tests. */
const FILES = Number(process.env.IMPORTED_FILES ?? atDepth({ short: 20, full: 60 }));
/** Far shorter than the import of one file on any machine. */
const PAUSE_MS = 2;
/** Far fewer than expected, and far more than from a server that the import blocks. */
const LEAST_ANSWERS = FILES / 3;

let cms: Cms;

beforeAll(async () => {
  cms = await startCms();
});

afterAll(() => cms.stop());

/** Roadmaps that share keywords and tags and link to each other, some before the target exists. */
function manyFiles(): FormData {
  const form = new FormData();
  for (let index = 0; index < FILES; index += 1) {
    const next = [1, 2, 3].map((step) => `many-${(index + step) % FILES}`);
    const text = roadmapText(
      {
        title: `'Number ${index}'`,
        seo: `{ keywords: [shared, group-${index % 10}, own-${index}] }`,
        tags: `[many, tag-${index % 5}]`,
        relatedRoadmaps: `[${next.join(', ')}]`,
      },
      `${'A line of the body that is as long as most of them.\n'.repeat(40)}`
    );
    form.append('files', new Blob([text]), `many-${index}.md`);
  }
  return form;
}

test('readers are answered while many files are imported by one request', async () => {
  await publishRoadmap(cms.strapi, { slug: 'read' });
  const token = await createToken(cms.strapi, 'custom', ['plugin::frontmatter.document.import']);
  const origin = await listen(cms);
  const reader = await startReader(`${origin}${roadmapUrl('read.md')}`, PAUSE_MS);

  const started = Date.now();
  const imported = await fetch(`${origin}/api/frontmatter/import?collection=roadmaps`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
    body: manyFiles(),
  });
  const { meta } = (await imported.json()) as { meta: { counts: object } };
  const ended = Date.now();
  const answers = await reader.stop();

  const during = answers.filter(({ at, ms }) => at >= started && at + ms <= ended);
  print({ seconds: (ended - started) / 1000, during });
  expect(meta.counts).toEqual({ created: FILES });
  expect([...new Set(answers.map(({ status }) => status))]).toEqual([200]);
  expect(during.length).toBeGreaterThan(LEAST_ANSWERS);
});

function print({ seconds, during }: { seconds: number; during: readonly Answer[] }): void {
  const times = during.map(({ ms }) => ms).sort((one, other) => one - other);
  const [median, most, all] = [0.5, 0.99, 1].map(
    (share) => times[Math.ceil(times.length * share) - 1]
  );
  console.log(
    `${databaseClient}: ${FILES} files imported in ${seconds.toFixed(1)} s; ${times.length} reads ` +
      `meanwhile, median ${median} ms, 99 % within ${most} ms, slowest ${all} ms`
  );
}
