import type { Event } from '@strapi/database';
import { shape } from '../../frontmatter';

/**
 * Dates and publishes what is written to published rows below the Document Service, that is by
 * `strapi.db.query('api::roadmap.roadmap')`. All other writes go through the document middleware
 * of the frontmatter plugin, which these hooks leave alone.
 */
// Strapi loads this file without handing it the instance, so the global is the only way to it.
const lowLevelWrites = () => strapi.plugin('frontmatter').service('low-level-writes');

const TOUCHED = 'publishedDocumentsBefore';

/** Afterwards the condition may fit other rows, or none. */
async function before({ params, state }: Event): Promise<void> {
  lowLevelWrites().assertSlugs(shape, params.data);
  state[TOUCHED] = await lowLevelWrites().findTouched(shape, params.where);
}

async function after({ state }: Event): Promise<void> {
  await lowLevelWrites().followWrite(shape, state[TOUCHED] ?? []);
}

function creating({ params }: Event): void {
  lowLevelWrites().assertSlugs(shape, params.data);
}

async function created({ result }: Event): Promise<void> {
  const { id, ids = [id] } = result as { id?: number; ids?: number[] };
  await lowLevelWrites().followWrite(
    shape,
    await lowLevelWrites().findTouched(shape, { id: { $in: ids } })
  );
}

export default {
  beforeCreate: creating,
  beforeCreateMany: creating,
  afterCreate: created,
  afterCreateMany: created,
  beforeUpdate: before,
  afterUpdate: after,
  beforeUpdateMany: before,
  afterUpdateMany: after,
  beforeDelete: before,
  afterDelete: after,
  beforeDeleteMany: before,
  afterDeleteMany: after,
};
