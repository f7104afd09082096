import { lifecyclesOf } from 'strapi-plugin-frontmatter/lifecycles';
import { shape } from '../../frontmatter';

/**
 * Keeps `dateModified` right where published rows are written below the Document Service, that is
 * by `strapi.db.query('api::roadmap.roadmap')`. All other writes are dated when they are published.
 */
export default lifecyclesOf(shape);
