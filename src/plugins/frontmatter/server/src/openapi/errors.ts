import type { ReferenceObject, ResponseObject } from 'openapi3-ts/oas31';
import { schemaRef } from './schemas';

interface ErrorAnswer {
  name: string;
  description: string;
  /** @default 'Error' */
  schema?: string;
}

const ERRORS = {
  400: { name: 'BadRequest', description: 'The query, a header or the body is wrong' },
  401: { name: 'Unauthorized', description: 'The token is not known, or no longer valid' },
  403: { name: 'Forbidden', description: 'The user or token lacks the permission' },
  404: { name: 'NotFound', description: 'There is no such document or collection' },
  406: { name: 'NotAcceptable', description: 'Nothing here matches the Accept header' },
  409: {
    name: 'Conflict',
    description: 'Changed on both sides, or deleted meanwhile; nothing was written',
    schema: 'Refusal',
  },
  410: {
    name: 'Gone',
    description:
      'The cursor is from another database, or from one that was restored: read everything again',
  },
  412: {
    name: 'PreconditionFailed',
    description: 'The document is not the one that the request means',
  },
  413: { name: 'TooLarge', description: 'The request is too large' },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The media type, charset or encoding is not supported',
  },
  422: {
    name: 'Invalid',
    description: 'The document has errors; nothing was written',
    schema: 'Refusal',
  },
  503: { name: 'Busy', description: 'Other changes took too long: send it again' },
} as const satisfies Record<number, ErrorAnswer>;

export type ErrorStatus = keyof typeof ERRORS;

export const errorAnswers = (statuses: readonly ErrorStatus[]): Record<number, ReferenceObject> =>
  Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${ERRORS[status].name}` }])
  );

/** The components that `errorAnswers` refers to. */
export const errorResponses = (): Record<string, ResponseObject> =>
  Object.fromEntries(
    Object.values(ERRORS).map(({ name, description, schema = 'Error' }: ErrorAnswer) => [
      name,
      { description, content: { 'application/json': { schema: schemaRef(schema) } } },
    ])
  );
