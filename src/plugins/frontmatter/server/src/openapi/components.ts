import type { ComponentsObject, HeaderObject, ParameterObject } from 'openapi3-ts/oas31';
import { MAX_SLUG_LENGTH, SLUG_PATTERN, type Shape } from '../../../core';
import { errorResponses } from './errors';
import { componentSchemas } from './schemas';

const header = (description: string): HeaderObject => ({ description, schema: { type: 'string' } });

const headers = {
  ETag: header('Tag of this representation, to send back as If-None-Match or If-Match'),
  LastModified: header('When the document became what it is'),
  Location: header('Relative address, with the extension and the query of the request'),
} satisfies ComponentsObject['headers'];

const requestHeader = (name: string, description: string): ParameterObject => ({
  name,
  in: 'header',
  description,
  schema: { type: 'string' },
});

const parameters = {
  Slug: {
    name: 'slug',
    in: 'path',
    required: true,
    schema: { type: 'string', pattern: SLUG_PATTERN.source, maxLength: MAX_SLUG_LENGTH },
  },
  IfNoneMatch: requestHeader(
    'If-None-Match',
    'ETags of your copies: 304 if one of them is current'
  ),
  IfMatch: requestHeader('If-Match', 'ETag of the text that you edited, in any representation'),
  IfAbsent: requestHeader('If-None-Match', '`*`: create the document, or answer 412'),
} satisfies Record<string, ParameterObject>;

export const headerRef = (name: keyof typeof headers) => ({ $ref: `#/components/headers/${name}` });

export const parameterRef = (name: keyof typeof parameters) => ({
  $ref: `#/components/parameters/${name}`,
});

export const buildComponents = (shapes: readonly Shape[]): ComponentsObject => ({
  schemas: componentSchemas(shapes),
  headers,
  parameters,
  responses: {
    NotModified: {
      description: 'One of the ETags in If-None-Match is current',
      headers: { ETag: headerRef('ETag') },
    },
    Moved: {
      description: 'The document was renamed: read it under the slug in Location',
      headers: { Location: headerRef('Location') },
    },
    ...errorResponses(),
  },
  securitySchemes: {
    apiToken: {
      type: 'http',
      scheme: 'bearer',
      description: 'API token, created in the panel under Settings',
    },
    metricsToken: {
      type: 'http',
      scheme: 'bearer',
      description: 'Token that the operator sets for metrics only',
    },
  },
});
