// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { EXAMPLES_DIR } from '../helpers/cli';
import { listen, startCms, type Cms } from '../helpers/cms';
import { importText, setDay } from '../helpers/frontmatter';
import { ROADMAP } from '../helpers/roadmaps';
import { copySite, type SiteCopy } from '../helpers/site';
import { roadmapText } from '../helpers/uploads';

const SITE_URL = 'https://site.example';
const MAX_SCRIPT_BYTES = 30_000;
const UNCHANGED = expect.arrayContaining(['roadmaps: nothing changed', 'guides: nothing changed']);

let cms: Cms;
let cmsUrl: string;
let site: SiteCopy;

beforeAll(async () => {
  cms = await startCms();
  setDay(cms.strapi, '2026-01-10');
  for (const slug of readdirSync(EXAMPLES_DIR)) {
    const text = await readFile(path.join(EXAMPLES_DIR, slug, `${slug}.md`), 'utf8');
    await importText(cms.strapi, slug, text);
  }
  await cms.strapi.documents('api::guide.guide').create({
    data: { slug: 'a-guide', title: 'A guide', description: 'Of something' },
    status: 'published',
  });
  cmsUrl = `http://127.0.0.1:${new URL(await listen(cms)).port}`;
  site = await copySite({ CMS_URL: cmsUrl, SITE_URL });
});

afterAll(async () => {
  await site.remove();
  await cms.stop();
});

const documentIdOf = async (slug: string): Promise<string> =>
  String((await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug } }))?.documentId);

const page = (slug: string) => site.read(`roadmaps/${slug}/index.html`);

/** Returns the messages of the loader in the output of a build. */
const loaderSays = (lines: readonly string[]) =>
  lines.flatMap((line) => /^\[astro-loader-frontmatter\] (.*)$/.exec(line)?.slice(1) ?? []);

const countPublished = async (): Promise<number> =>
  (await cms.http.get('/api/frontmatter')).body.data[1].count;

const cursor = async (): Promise<string> =>
  (await cms.http.get('/api/frontmatter/changes')).body.meta.cursor;

describe('the site of the examples', () => {
  let woodworking: string;

  beforeAll(async () => {
    await site.build();
    woodworking = await page('woodworking');
  });

  test('describes each roadmap to search engines as an article', () => {
    const [, json = ''] =
      /<script type="application\/ld\+json">(.*?)<\/script>/.exec(woodworking) ?? [];

    expect(JSON.parse(json)).toEqual({
      '@context': 'https://schema.org',
      '@type': 'Article',
      headline: 'Woodworking Roadmap: From Rough Board to Finished Table',
      description: expect.any(String),
      image: 'https://learn.example.org/images/roadmaps/woodworking.png',
      datePublished: '2024-02-12',
      dateModified: '2025-01-20',
      mainEntityOfPage: `${SITE_URL}/roadmaps/woodworking`,
      author: { '@type': 'Organization', name: 'Lantern Hall', url: SITE_URL },
      publisher: { '@type': 'Organization', name: 'Lantern Hall', url: SITE_URL },
    });
  });

  test.each([
    ['<title>Woodworking Roadmap: From Rough Board to Finished Table</title>'],
    ['<meta name="description" content="Learn hand-tool woodworking in a sensible order'],
    [`<link rel="canonical" href="${SITE_URL}/roadmaps/woodworking">`],
    ['<meta property="og:image" content="https://learn.example.org/images/share/woodworking.png">'],
    ['data-event-category="RoadmapSponsor" data-event-action="Oakleaf Visit"'],
    ['<a href="/roadmaps/bicycle-repair">Bicycle Repair</a>'],
    ['<h2 id="question">What does a hand-tool woodworker do?</h2>'],
    ['<time datetime="2025-01-20">'],
  ])('the page of a roadmap has %s', (expected) => {
    expect(woodworking).toContain(expected);
  });

  test('the text of a document cannot end a script, and a link cannot run one', async () => {
    await importText(
      cms.strapi,
      'scripts',
      roadmapText({
        title: "'</script><script>alert(1)</script>'",
        sponsor: '{ url: "javascript:alert(1)", title: x }',
      })
    );
    await site.build();
    const html = await page('scripts');

    const outsideOfAttributes = html.replaceAll(/"[^"]*"/g, '""');

    expect(html).toContain('\\u003c/script>');
    expect(outsideOfAttributes).not.toContain('<script>alert(1)');
    expect(html).not.toContain('javascript:');
  });

  test('lists roadmaps by tag and order, without hidden ones', async () => {
    const home = await site.read('index.html');
    const listed = [...home.matchAll(/href="\/roadmaps\/([^"]+)"/g)].map(([, slug]) => slug);
    const { body } = await cms.http.get(
      '/api/frontmatter/roadmaps?sort=order&fields=tags,isHidden'
    );
    const expected = ['role-roadmap', 'skill-roadmap'].flatMap((tag) =>
      body.data.flatMap(({ slug, frontmatter }: ListedRoadmap) =>
        frontmatter.tags?.includes(tag) && !frontmatter.isHidden ? [slug] : []
      )
    );

    expect(listed).toEqual(expected);
    expect(listed).not.toContain('35mm-photography');
  });

  test('the sitemap contains the dates of the documents', async () => {
    const sitemap = await site.read('sitemap.xml');

    expect(sitemap).toContain(
      `<url><loc>${SITE_URL}/roadmaps/woodworking</loc><lastmod>2025-01-20</lastmod></url>`
    );
    expect(sitemap).not.toContain('35mm-photography');
  });

  test('sends little JavaScript', async () => {
    const files = readdirSync(path.join(site.folder, 'dist', 'client'), {
      recursive: true,
    }) as string[];
    const inFiles = files
      .filter((file) => file.endsWith('.js'))
      .map((file) => statSync(path.join(site.folder, 'dist', 'client', file)).size);
    const inPage = [...woodworking.matchAll(/<script type="module">(.*?)<\/script>/gs)].map(
      ([, script = '']) => script.length
    );
    const bytes = [...inFiles, ...inPage].reduce((sum, size) => sum + size, 0);

    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(MAX_SCRIPT_BYTES);
  });
});

interface ListedRoadmap {
  slug: string;
  frontmatter: { tags?: string[]; isHidden?: boolean | null };
}

describe('the loader', () => {
  test('loads what changed, and everything again after a restore', async () => {
    await importText(cms.strapi, 'flutes', roadmapText());
    await importText(cms.strapi, 'drums', roadmapText({}, '# Wood and skin\n'));
    await site.build();
    expect(await page('drums')).toContain('<h1 id="wood-and-skin">');
    expect(loaderSays(await site.build())).toEqual(UNCHANGED);

    await cms.strapi.documents(ROADMAP).unpublish({ documentId: await documentIdOf('drums') });
    await importText(cms.strapi, 'flutes', roadmapText({ title: "'Flutes'" }));
    expect(loaderSays(await site.build())).toContain('roadmaps: 1 new or changed, 1 removed');
    expect(await page('flutes')).toContain('<h1>Flutes</h1>');
    await expect(page('drums')).rejects.toThrow('ENOENT');
    expect(JSON.parse(await site.read('_content-version.json'))).toEqual({
      cursor: await cursor(),
    });

    await cms.strapi.plugin('frontmatter').service('publications').endCursors();
    expect(loaderSays(await site.build())).toEqual(UNCHANGED);
    expect(readdirSync(path.join(site.folder, 'dist/client/roadmaps'))).toHaveLength(
      await countPublished()
    );
  });
});

describe('a CMS that does not respond as it should', () => {
  /** Starts a front of the CMS that answers the first requests with the given statuses. */
  async function startFront(statuses: number[]): Promise<{ url: string; server: Server }> {
    const server = createServer(async ({ url, headers }, response) => {
      const status = statuses.shift();
      if (status !== undefined) {
        response.writeHead(status, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify({ error: { message: 'Not now' } }));
        return;
      }
      const { authorization } = headers;
      const answer = await fetch(`${cmsUrl}${url}`, {
        headers: authorization ? { authorization } : {},
      });
      response.writeHead(answer.status, { 'Content-Type': 'application/json' });
      response.end(await answer.text());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
  }

  async function buildBehind(statuses: number[]): Promise<string[] | string> {
    const { url, server } = await startFront(statuses);
    const copy = await copySite({ CMS_URL: url, SITE_URL });
    const said = await copy.build().catch(({ message }: Error) => message);
    await copy.remove();
    server.closeAllConnections();
    server.close();
    return said;
  }

  test('is asked again while it restarts', async () => {
    expect(loaderSays((await buildBehind([503, 429])) as string[])).toHaveLength(2);
  });

  test('that requires a token is reported with advice', async () => {
    const said = await buildBehind([403]);

    expect(said).toContain(
      'answered 403: Not now. Pass an API token with access as `token`, or allow this route for the role Public in the CMS.'
    );
  });

  test('that cannot be reached is reported with its address', async () => {
    const { url, server } = await startFront([]);
    server.close();
    const copy = await copySite({ CMS_URL: url, SITE_URL });

    await expect(copy.build()).rejects.toThrow(
      `The CMS at ${url} cannot be reached (ECONNREFUSED). Is it running, and is the address right?`
    );
    await copy.remove();
  });
});
