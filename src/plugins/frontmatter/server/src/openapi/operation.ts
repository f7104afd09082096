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
  /** Unique: generated clients name their functions by it. */
  id: string;
  summary: string;
  description?: string;
  /** Handler of the route, such as `document.findOne`; roles and tokens get it as a permission. */
  permission: string;
  /** Whether anyone has the permission after install. */
  isOpen: boolean;
  parameters?: Parameter[];
  requestBody?: OperationObject['requestBody'];
  /** By status. */
  answers: Record<number, ResponseObject | ReferenceObject>;
  /** Besides 401 and 403, which all have. */
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
  const needs = `Permission: \`plugin::${PLUGIN_ID}.${permission}\`${isOpen ? ', which anyone has after install' : ''}.`;
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

/** Parameters of a route's query, from the schema that the route checks it with. */
export function queryParameters(query: z.ZodType): ParameterObject[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = property as SchemaObject; // no boolean: these come from zod
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

/** `?pagination[page]=2` and `?fields=title,order`; a plain value has the style by default. */
function styleOf({ type }: SchemaObject): Partial<ParameterObject> {
  if (type === 'object') return { style: 'deepObject', explode: true };
  if (type === 'array') return { style: 'form', explode: false };
  return {};
}
