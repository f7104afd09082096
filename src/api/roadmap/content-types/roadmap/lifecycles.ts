import type { Event } from '@strapi/database';
import { shape } from '../../frontmatter';

/**
 * Dates what is written to a published row below the Document Service, that is by
 * `strapi.db.query('api::roadmap.roadmap').update(…)`. All other writes are dated by the document
 * middleware of the frontmatter plugin: they never update a published row, they replace it.
 */
// Strapi loads this file without handing it the instance, so the global is the only way to it.
const dates = () => strapi.plugin('frontmatter').service('dates');

const PREVIOUS = 'publishedRowBeforeUpdate';

export default {
  async beforeUpdate({ params, state }: Event): Promise<void> {
    state[PREVIOUS] = await dates().findPublishedRow(shape, params);
  },

  async afterUpdate({ state }: Event): Promise<void> {
    if (state[PREVIOUS]) await dates().settlePublishedRow(shape, state[PREVIOUS]);
  },
};
