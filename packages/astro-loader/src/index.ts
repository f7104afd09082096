export type { CmsOptions } from './cms.js';
export { frontmatterLoader, type LoaderOptions } from './loader.js';
export { readPreview, type Preview } from './preview.js';
export { frontmatterSite, type SiteOptions } from './site.js';
