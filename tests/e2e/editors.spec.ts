import { expect, type Page } from '@playwright/test';
import { button, findDocumentId, look, openRoadmap, panelOf, readJson, titleOf } from './panel';
import { ADMIN, askAdmin, test, type Cms } from './server';
import { signIn } from './session';

const COLLECTION = '/content-manager/collection-types/api::roadmap.roadmap';
const SPONSORS = '/content-manager/collection-types/api::sponsor.sponsor';
const WRITER = { email: 'wim@example.org', password: ADMIN.password };
/** Actions of the recipe in docs/editors.md. */
const WRITER_ACTIONS = ['panel.read', 'history.read', 'history.restore'];

const fieldOf = (page: Page, label: string) => page.getByLabel(label, { exact: true });

test('a slug that another document has is marked at its field, and nothing is saved', async ({
  page,
  origin,
  problems,
}) => {
  await openRoadmap(page, origin, 'bicycle-repair');
  const slug = fieldOf(page, 'Slug*');
  await slug.fill('home-baking');
  await expect(page.getByText('Unavailable')).toBeVisible();
  await button(page, 'Save').click();
  await expect(
    page
      .getByRole('alert')
      .getByText(/Not saved: Slug: another document .* has the slug 'home-baking'/)
  ).toBeVisible();
  await expect(slug).toHaveAttribute('aria-invalid', 'true');
  problems.expect(/400 .*api::roadmap\.roadmap/);
  await look(page, 'slug-taken');

  await slug.fill('bicycle repair');
  await button(page, 'Save').click();
  await expect(page.getByText('Use letters, digits, hyphens, dots and underscores')).toBeVisible();
});

test('an invalid address is marked at its field', async ({ page, origin, problems }) => {
  await page.goto(`${origin}/admin${SPONSORS}/create`);
  await fieldOf(page, 'Name*').fill('Saddlery');
  const url = fieldOf(page, 'URL*');
  await url.fill('saddles.example.org');
  await button(page, 'Save').click();

  await expect(page.getByText(/^is not an address: begin it with https:\/\//)).toBeVisible();
  await expect(url).toHaveAttribute('aria-invalid', 'true');
  await look(page, 'no-address');
  problems.expect(/400 .*api::sponsor\.sponsor/);

  await url.fill('/offers/saddles');
  await button(page, 'Save').click();
  await expect(page.getByText('Saved document')).toBeVisible();
});

test('the panel says when a sponsor starts to show, and readers see it from then on', async ({
  page,
  origin,
  cms,
}) => {
  const startsAt = '2099-12-20T08:00:00.000Z';
  const body = { name: 'Winter fair', title: 'Fair', url: 'https://example.org/fair', startsAt };
  const { documentId } = await askAdmin<{ documentId: string }>(cms, SPONSORS, { body });
  const id = await findDocumentId(page, origin, 'amateur-astronomy');
  const connect = [{ documentId }];
  await askAdmin(cms, `${COLLECTION}/${id}`, { method: 'PUT', body: { sponsor: { connect } } });

  await openRoadmap(page, origin, 'amateur-astronomy');
  await expect(panelOf(page).getByText(/^Sponsor Winter fair: from Dec 20, 2099/)).toBeVisible();
  await look(page, 'sponsor-window');
  await button(page, 'Publish').click();
  await expect(page.getByText('Published document')).toBeVisible();
  const json = await readJson(page, origin, 'amateur-astronomy');
  expect(json.sponsor).toBeUndefined();
});

test('the panel shows changes by someone else within ten seconds', async ({
  page,
  origin,
  cms,
}) => {
  const id = await findDocumentId(page, origin, 'amateur-astronomy');
  await openRoadmap(page, origin, 'amateur-astronomy');
  await expect(panelOf(page).getByText('Same as what is published')).toBeVisible();

  await askAdmin(cms, `${COLLECTION}/${id}/actions/unpublish`, { method: 'POST', body: {} });
  await expect(panelOf(page).getByText('No longer published')).toBeVisible({ timeout: 12_000 });
  await look(page, 'no-longer-published');

  await askAdmin(cms, `${COLLECTION}/${id}/actions/publish`, { method: 'POST', body: {} });
  await expect(panelOf(page).getByText('Same as what is published')).toBeVisible({
    timeout: 12_000,
  });
});

async function createWriter(cms: Cms): Promise<void> {
  const role = await askAdmin<{ id: number }>(cms, '/admin/roles', {
    body: { name: 'Writer', description: '' },
  });
  const { schema } = await askAdmin<{ schema: { attributes: object } }>(
    cms,
    '/content-type-builder/content-types/api::roadmap.roadmap'
  );
  const fields = Object.keys(schema.attributes);
  const permissions = [
    ...['create', 'read', 'update'].map((action) => ({
      action: `plugin::content-manager.explorer.${action}`,
      subject: 'api::roadmap.roadmap',
      properties: { fields },
      conditions: [],
    })),
    ...WRITER_ACTIONS.map((action) => ({
      action: `plugin::frontmatter.${action}`,
      subject: null,
      properties: {},
      conditions: [],
    })),
  ];
  await askAdmin(cms, `/admin/roles/${role.id}/permissions`, {
    method: 'PUT',
    body: { permissions },
  });
  const { registrationToken } = await askAdmin<{ registrationToken: string }>(cms, '/admin/users', {
    body: { email: WRITER.email, firstname: 'Wim', lastname: 'Writer', roles: [role.id] },
  });
  const userInfo = { firstname: 'Wim', lastname: 'Writer', password: WRITER.password };
  await askAdmin(cms, '/admin/register', { body: { registrationToken, userInfo } });
}

test('a writer edits documents of others, sees their history, and cannot publish', async ({
  browser,
  page: { request },
  origin,
  cms,
}) => {
  await createWriter(cms);
  const page = await browser.newPage({ storageState: undefined });
  await signIn(page, origin, WRITER);
  await openRoadmap(page, origin, '35mm-photography');
  await titleOf(page).fill('Photography with a writer');
  await expect(panelOf(page).getByText('Moves because “Title” changed')).toBeVisible();
  await button(page, 'Save').click();
  await expect(page.getByText('Saved document')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Publish', exact: true })).toBeDisabled();
  await look(page, 'writer');

  await page.getByRole('button', { name: 'More actions' }).first().click();
  await page.getByRole('menuitem', { name: 'History' }).click();
  await expect(page.getByRole('dialog').getByText('Published').first()).toBeVisible();
  const json = `${origin}/api/frontmatter/roadmaps/35mm-photography.json`;
  expect((await (await request.get(json)).json()).title).not.toBe('Photography with a writer');
  await page.close();
});
