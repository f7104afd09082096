import type { OpenAPIObject } from 'openapi3-ts/oas31';
import type { Shape } from '../../../core';
import { collectionPaths } from './collection-paths';
import { commonPaths } from './common-paths';
import { buildComponents } from './components';

interface Description {
  shapes: readonly Shape[];
  /** Where the routes begin: `/api/frontmatter`. */
  base: string;
  /** Of the application. */
  version: string;
}

/** All routes for readers and for files, as OpenAPI 3.1; collections by their names. */
export const buildOpenApi = ({ shapes, base, version }: Description): OpenAPIObject => ({
  openapi: '3.1.0',
  info: {
    title: 'Frontmatter',
    version,
    description: 'Documents as markdown files with YAML frontmatter, out of the CMS and into it.',
  },
  paths: Object.assign(commonPaths(base), ...shapes.map((shape) => collectionPaths(base, shape))),
  components: buildComponents(shapes),
});
