import type { ReferenceObject, ResponseObject } from 'openapi3-ts/oas31';
import { headerRef } from './components';
import { schemaRef } from './schemas';

type Content = NonNullable<ResponseObject['content']>;

export const jsonOf = (schema: string): Content => ({
  'application/json': { schema: schemaRef(schema) },
});

export const textOf = (...types: string[]): Content =>
  Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } }]));

export const ok = (description: string, content: Content): Record<number, ResponseObject> => ({
  200: { description, content },
});

/** An answer that can be revalidated by its ETag. */
export const cached = (
  description: string,
  content: Content,
  { isDated = false } = {}
): Record<number, ResponseObject | ReferenceObject> => ({
  200: {
    description,
    headers: {
      ETag: headerRef('ETag'),
      ...(isDated && { 'Last-Modified': headerRef('LastModified') }),
    },
    content,
  },
  304: { $ref: '#/components/responses/NotModified' },
});
