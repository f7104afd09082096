const { chromium } = require('@playwright/test');
const { buildDocuments } = require('../documents');
const { buildPlainPanel } = require('../plain-app');
const { startServer } = require('../start-server');
const { startWorker } = require('../start-worker');
const { inMs, median, timed } = require('../statistics');

/** The last document links to the twelve before it. */
const DOCUMENTS = 13;
const KEYS_PER_ROUND = 40;
const SAVES_PER_ROUND = 15;
const ADMIN = { email: 'ada@example.org', password: 'Secret-1234', firstname: 'A', lastname: 'B' };
const ROADMAPS = 'content-manager/collection-types/api::roadmap.roadmap';

/** Measures what an editor waits for, a keystroke and a save, compared with plain Strapi. */
async function measurePanel({ databases, plainDir, rounds }) {
  await buildPlainPanel();
  const documents = buildDocuments('edited', DOCUMENTS);
  const apps = { ours: {}, plain: { distDir: plainDir } };
  const panels = {};
  for (const [name, options] of Object.entries(apps)) {
    const database = await databases.create();
    const worker = await startWorker(database, options);
    await worker.run('create', { documents });
    await worker.stop();
    panels[name] = await openPanel(await startServer(database, options), documents.at(-1).slug);
  }
  const runs = { keys: { ours: [], plain: [] }, saves: { merged: [], ours: [], plain: [] } };
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, panel] of Object.entries(panels)) {
      runs.keys[name].push(...(await panel.type()));
    }
    for (let number = 0; number < SAVES_PER_ROUND; number += 1) {
      runs.saves.plain.push(await panels.plain.save());
      runs.saves.ours.push(await panels.ours.save());
      runs.saves.merged.push(await panels.ours.saveMerged());
    }
  }
  for (const panel of Object.values(panels)) await panel.close();

  const key = { ours: median(runs.keys.ours), plain: median(runs.keys.plain) };
  const save = Object.fromEntries(
    Object.entries(runs.saves).map(([name, times]) => [name, median(times)])
  );
  return [
    {
      measure: 'from a key to its paint / plain Strapi',
      value: key.ours / key.plain,
      target: '≤ 10 ms more, and ≤ 50 ms',
      detail: `${inMs(key.ours)}; plain ${inMs(key.plain)}`,
    },
    {
      measure: 'a save that is merged / one that is not',
      value: save.merged / save.ours,
      target: '≤ 1.2',
      detail: `${inMs(save.merged)}; not merged ${inMs(save.ours)}, plain Strapi ${inMs(save.plain)}`,
    },
  ];
}

/** Opens the form of a roadmap in Chromium, with functions for the requests of its buttons. */
async function openPanel(server, slug) {
  const headers = { 'Content-Type': 'application/json' };
  async function ask(path, method = 'GET', body) {
    const answer = await fetch(`${server.url}/${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }
  const { data: session } = await ask('admin/register-admin', 'POST', ADMIN);
  headers.Authorization = `Bearer ${session.token}`;
  const { results } = await ask(`${ROADMAPS}?filters[slug]=${slug}`);
  const { documentId } = results[0];
  const path = `${ROADMAPS}/${documentId}`;
  await server.settled();

  const { CHROMIUM_PATH: executablePath } = process.env;
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  const page = await browser.newPage({ locale: 'en' });
  await page.goto(`${server.url}/admin/auth/login`);
  await page.getByLabel('Email').fill(ADMIN.email);
  await page.getByLabel('Password', { exact: false }).first().fill(ADMIN.password);
  await page.getByRole('button', { name: 'Login' }).click();
  await page.waitForURL(/\/admin\/?$/);
  await page.goto(`${server.url}/admin/${path}`);
  const title = page.getByLabel('Title*', { exact: true });
  await title.click();
  await page.waitForLoadState('networkidle');
  // The task after the next frame starts once that frame has been painted.
  await page.evaluate(() => {
    globalThis.paints = [];
    globalThis.addEventListener(
      'keydown',
      ({ timeStamp }) =>
        globalThis.requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => globalThis.paints.push(performance.now() - timeStamp);
          port2.postMessage(undefined);
        }),
      { capture: true }
    );
  });

  let saves = 0;
  /** Loads the form as the panel sends it: every field, and no changes of relations. */
  async function loadForm() {
    const { status: _, ...data } = (await ask(path)).data; // the status is for display
    const none = { connect: [], disconnect: [] };
    return { ...data, relatedRoadmaps: none, keywords: none, tags: none, sponsor: none };
  }
  const sendTitle = (form, more) =>
    timed(() => ask(path, 'PUT', { ...form, title: `Title ${(saves += 1)}`, ...more }));

  return {
    /** Returns the milliseconds from each keystroke to the paint after it. */
    async type() {
      await page.evaluate(() => (globalThis.paints = []));
      await title.pressSequentially('x'.repeat(KEYS_PER_ROUND), { delay: 120 });
      return page.evaluate(() => globalThis.paints);
    },
    async save() {
      return sendTitle(await loadForm());
    },
    /** Saves after someone else has saved another field. */
    async saveMerged() {
      const form = await loadForm();
      await ask(path, 'PUT', { ...form, briefDescription: `Brief ${saves}` });
      const { title: loaded } = form;
      return sendTitle(form, { frontmatterForm: { documentId, base: { title: loaded } } });
    },
    async close() {
      await browser.close();
      await server.stop();
    },
  };
}

module.exports = { measurePanel };
