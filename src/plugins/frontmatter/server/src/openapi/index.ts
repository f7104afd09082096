import type { OpenAPIObject } from 'openapi3-ts/oas31';
import type { Shape } from '../../../core';
import { collectionPaths } from './collection-paths';
import { commonPaths } from './common-paths';
import { buildComponents } from './components';

interface Description {
  shapes: readonly Shape[];
  /** Path that all routes start with: `/api/frontmatter`. */
  base: string;
  /** Version of the application. */
  version: string;
}

/** Describes all routes for readers and for files as OpenAPI 3.1, with the names of collections. */
export const buildOpenApi = ({ shapes, base, version }: Description): OpenAPIObject => ({
  openapi: '3.1.0',
  info: {
    title: 'Frontmatter',
    version,
    description: 'Reads and writes documents as markdown files with YAML frontmatter.',
  },
  paths: Object.assign(commonPaths(base), ...shapes.map((shape) => collectionPaths(base, shape))),
  components: buildComponents(shapes),
});
