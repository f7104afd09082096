import type { Core } from '@strapi/strapi';

/**
 * What anyone may read after installation. Sponsors are left out: next month's campaign is
 * confidential. Strapi still lets every read-only or full-access API token read them.
 */
const OPEN_ACTIONS = [
  'api::roadmap.roadmap.find',
  'api::roadmap.roadmap.findOne',
  'api::guide.guide.find',
  'api::guide.guide.findOne',
  'api::author.author.find',
  'api::author.author.findOne',
  'api::keyword.keyword.find',
  'api::keyword.keyword.findOne',
  'api::tag.tag.find',
  'api::tag.tag.findOne',
  'plugin::frontmatter.archive.findOne',
  'plugin::frontmatter.change.find',
  'plugin::frontmatter.collection.find',
  'plugin::frontmatter.document.find',
  'plugin::frontmatter.document.findOne',
  'plugin::frontmatter.redirect.find',
  'plugin::frontmatter.schema.find',
  'plugin::frontmatter.schema.findOne',
];

/** A visitor who logs in has only the second role, and would otherwise lose access. */
const OPEN_ROLES = ['public', 'authenticated'];

const GRANTED = { type: 'core', name: 'roadmap-cms', key: 'open-actions-granted' };

/**
 * Grants each permission to both open roles once. Remembers what it granted, so a permission that
 * an operator revokes stays revoked.
 */
export async function grantOpenActions({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  const granted = ((await strapi.store.get(GRANTED)) ?? []) as string[];
  const missing = OPEN_ACTIONS.filter((action) => !granted.includes(action));
  if (missing.length === 0) return;

  await strapi.db.transaction(async () => {
    const roles = await strapi.db
      .query('plugin::users-permissions.role')
      .findMany({ where: { type: { $in: OPEN_ROLES } } });
    const permissions = strapi.db.query('plugin::users-permissions.permission');
    for (const role of roles) {
      for (const action of missing) {
        const existing = await permissions.findOne({ where: { action, role: role.id } });
        if (!existing) await permissions.create({ data: { action, role: role.id } });
      }
    }
    await strapi.store.set({ ...GRANTED, value: [...granted, ...missing] });
  });
}
