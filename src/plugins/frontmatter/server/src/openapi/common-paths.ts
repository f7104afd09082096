import type { OperationObject, PathsObject } from 'openapi3-ts/oas31';
import { changesQuery, exportQuery, importQuery } from '../requests/queries';
import { IMPORT_FIELD } from '../requests/multipart';
import { cached, jsonOf, ok, textOf } from './answers';
import { parameterRef } from './components';
import { errorAnswers } from './errors';
import { operation, queryParameters } from './operation';

/** Returns the paths that are not specific to one collection. */
export const commonPaths = (base: string): PathsObject => ({
  [base]: { get: find },
  [`${base}/import`]: { post: importFiles },
  [`${base}/changes`]: { get: findChanges },
  [`${base}/export`]: { get: exportTexts },
  [`${base}/redirects`]: { get: findRedirects },
  [`${base}/preview/{link}`]: { get: findPreview },
  [`${base}/openapi.json`]: { get: openapi },
  [`${base}/metrics`]: { get: metrics },
});

const find = operation({
  id: 'findCollections',
  summary: 'The collections, with the number of their published documents',
  permission: 'collection.find',
  isOpen: true,
  answers: ok('Collections', jsonOf('Collections')),
  errors: [400],
});

const importFiles = operation({
  id: 'importFiles',
  summary: 'Import many markdown files, each completely or not at all',
  permission: 'document.import',
  isOpen: false,
  parameters: queryParameters(importQuery),
  requestBody: {
    required: true,
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          properties: {
            [IMPORT_FIELD]: {
              type: 'array',
              description: 'Named `<slug>.md`',
              items: { type: 'string', contentMediaType: 'text/markdown' },
            },
          },
          required: [IMPORT_FIELD],
        },
      },
    },
  },
  answers: ok('The result of each file', jsonOf('ImportResult')),
  errors: [400, 404, 413, 415, 503],
});

const findChanges = operation({
  id: 'findChanges',
  summary: 'What changed since a cursor: only the newest state of each slug',
  description: 'Without `since`, all that is published. Continue while `meta.hasMore` is true.',
  permission: 'change.find',
  isOpen: true,
  parameters: [parameterRef('IfNoneMatch'), ...queryParameters(changesQuery)],
  answers: cached('Changes in the order of their sequence', jsonOf('Changes')),
  errors: [400, 404, 410],
});

const exportTexts = operation({
  id: 'exportTexts',
  summary: 'The files of a collection, byte for byte',
  description: 'One object per line, with `slug` and `text`, in order of slug.',
  permission: 'document.export',
  isOpen: false,
  parameters: queryParameters(exportQuery),
  answers: ok('All files', textOf('application/x-ndjson')),
  errors: [400, 404],
});

const findRedirects = operation({
  id: 'findRedirects',
  summary: 'Old addresses of renamed documents',
  permission: 'redirect.find',
  isOpen: true,
  parameters: [parameterRef('IfNoneMatch')],
  answers: cached('Redirects', jsonOf('Redirects')),
  errors: [400],
});

/** The link is its own permission. */
const findPreview: OperationObject = {
  operationId: 'findPreview',
  summary: 'A draft, for a preview page that is rendered on demand',
  description: 'The panel creates the link, which is valid for 15 minutes.',
  security: [],
  parameters: [{ name: 'link', in: 'path', required: true, schema: { type: 'string' } }],
  responses: { ...ok('The document', jsonOf('Preview')), ...errorAnswers([400, 404]) },
};

const openapi = operation({
  id: 'findOpenApi',
  summary: 'This document',
  permission: 'schema.find',
  isOpen: true,
  parameters: [parameterRef('IfNoneMatch')],
  answers: cached('OpenAPI 3.1', { 'application/json': { schema: { type: 'object' } } }),
  errors: [400],
});

/** Scrapers have no role, but their own token. */
const metrics: OperationObject = {
  operationId: 'findMetrics',
  summary: 'Counters and gauges for Prometheus',
  security: [{ metricsToken: [] }],
  responses: { ...ok('Metrics', textOf('text/plain')), ...errorAnswers([401, 404]) },
};
