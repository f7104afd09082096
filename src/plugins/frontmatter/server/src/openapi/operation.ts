import type {
  OperationObject,
  ParameterObject,
  ReferenceObject,
  ResponseObject,
  SchemaObject,
} from 'openapi3-ts/oas31';
import { z } from 'zod';
import { PLUGIN_ID } from '../plugin-id';
import { errorAnswers, type ErrorStatus } from './errors';

type Parameter = ParameterObject | ReferenceObject;

interface Operation {
  /** Unique: generated clients name their functions after it. */
  id: string;
  summary: string;
  description?: string;
  /** Handler of the route, such as `document.findOne`: the permission that callers need. */
  permission: string;
  /** Whether everyone has the permission after installation. */
  isOpen: boolean;
  parameters?: Parameter[];
  requestBody?: OperationObject['requestBody'];
  /** By HTTP status. */
  answers: Record<number, ResponseObject | ReferenceObject>;
  /** In addition to 401 and 403, which all operations have. */
  errors: readonly ErrorStatus[];
}

const TOKEN = { apiToken: [] };

export function operation({
  id,
  summary,
  description = '',
  permission,
  isOpen,
  parameters,
  requestBody,
  answers,
  errors,
}: Operation): OperationObject {
  const needs = `Permission: \`plugin::${PLUGIN_ID}.${permission}\`${isOpen ? ', which everyone has after installation' : ''}.`;
  return {
    operationId: id,
    summary,
    description: [description, needs].filter(Boolean).join('\n\n'),
    ...(parameters && { parameters }),
    ...(requestBody && { requestBody }),
    security: isOpen ? [{}, TOKEN] : [TOKEN],
    responses: { ...answers, ...errorAnswers([401, 403, ...errors]) },
  };
}

/** Returns the parameters of a route's query, from the schema that the route checks it with. */
export function queryParameters(query: z.ZodType): ParameterObject[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = property as SchemaObject; // zod never makes it a boolean
    return {
      name,
      in: 'query',
      ...(description && { description }),
      ...(required.includes(name) && { required: true }),
      ...styleOf(schema),
      schema,
    };
  });
}

/** `?pagination[page]=2` or `?fields=title,order`. A plain value has the default style. */
function styleOf({ type }: SchemaObject): Partial<ParameterObject> {
  if (type === 'object') return { style: 'deepObject', explode: true };
  if (type === 'array') return { style: 'form', explode: false };
  return {};
}
