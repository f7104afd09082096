import type { OperationObject, PathsObject } from 'openapi3-ts/oas31';
import { pascalCase } from 'es-toolkit';
import { typeNameOf, UPLOAD_FORMATS, type Shape, type UploadFormat } from '../../../core';
import { historyQuery, itemQuery, putQuery } from '../requests/queries';
import { listParameters } from '../requests/list-query';
import { ACCEPTED_UPLOADS } from '../requests/upload-format';
import { cached, jsonOf, ok, textOf } from './answers';
import { parameterRef } from './components';
import { operation, queryParameters } from './operation';
import { schemaRef } from './schemas';

interface Names {
  /** Name of the type: `Post`. */
  type: string;
  /** Name of the collection in operation ids: `Posts`. */
  collection: string;
}

/** Returns the paths of one collection. */
export function collectionPaths(base: string, shape: Shape): PathsObject {
  const { collection } = shape;
  const names = { type: typeNameOf(shape), collection: pascalCase(collection) };
  const path = `${base}/${collection}`;
  const representations = UPLOAD_FORMATS.map((format) => [
    `${path}/{slug}.${format}`,
    { get: findRepresentation(names, format) },
  ]);
  return {
    [path]: { get: list(names) },
    [`${path}/lint`]: { get: lint(names) },
    [`${path}/{slug}`]: { get: findOne(names), put: put(names) },
    ...Object.fromEntries(representations),
    [`${path}/{slug}/publications`]: { get: findPublications(names) },
    [`${base}/schemas/${collection}.json`]: { get: findSchema(names) },
    [`${base}/archive/${collection}.zip`]: { get: archive(names) },
  };
}

const list = ({ type, collection }: Names): OperationObject =>
  operation({
    id: `list${collection}`,
    summary: 'Published documents that match, in pages',
    description:
      'Filters and sort use attributes of the content type, as plain REST does; `fields` names keys of the frontmatter. As `application/x-ndjson`, all that match, one per line.',
    permission: 'document.find',
    isOpen: true,
    parameters: [parameterRef('IfNoneMatch'), ...queryParameters(listParameters)],
    answers: cached('A page of documents', {
      ...jsonOf(`${type}List`),
      'application/x-ndjson': {
        schema: { type: 'string', description: `One ${type}Entry per line` },
      },
    }),
    errors: [400, 406],
  });

const MOVED = { 308: { $ref: '#/components/responses/Moved' } };

const findOne = ({ type, collection }: Names): OperationObject =>
  operation({
    id: `find${collection}One`,
    summary: 'A document, in the representation that Accept asks for',
    permission: 'document.findOne',
    isOpen: true,
    parameters: itemParameters(),
    answers: {
      ...cached(
        'The document',
        {
          ...jsonOf(`${type}Answer`),
          'application/vnd.frontmatter+json': { schema: schemaRef(`${type}Frontmatter`) },
          ...textOf('application/yaml', 'text/markdown'),
        },
        { isDated: true }
      ),
      ...MOVED,
    },
    errors: [400, 404, 406],
  });

const findRepresentation = ({ type, collection }: Names, format: UploadFormat): OperationObject => {
  const { summary, content } = {
    json: { summary: 'The frontmatter alone', content: jsonOf(`${type}Frontmatter`) },
    yaml: { summary: 'The lines between the fences', content: textOf('application/yaml') },
    md: { summary: 'The markdown file, byte for byte', content: textOf('text/markdown') },
  }[format];
  return operation({
    id: `find${collection}One${pascalCase(format)}`,
    summary,
    permission: 'document.findOne',
    isOpen: true,
    parameters: itemParameters(),
    answers: { ...cached(summary, content, { isDated: true }), ...MOVED },
    errors: [400, 404],
  });
};

const itemParameters = () => [
  parameterRef('Slug'),
  parameterRef('IfNoneMatch'),
  ...queryParameters(itemQuery),
];

const put = ({ type, collection }: Names): OperationObject =>
  operation({
    id: `put${collection}One`,
    summary: 'Import one document by a three-way merge',
    description:
      'The path may end in `.md`, `.yaml` or `.json` instead of a Content-Type. From YAML and JSON the body stays as it is.',
    permission: 'document.update',
    isOpen: false,
    parameters: [
      parameterRef('Slug'),
      parameterRef('IfMatch'),
      parameterRef('IfAbsent'),
      ...queryParameters(putQuery),
    ],
    requestBody: {
      required: true,
      content: Object.fromEntries(
        Array.from(ACCEPTED_UPLOADS, ([mediaType, format]) => [
          mediaType,
          { schema: format === 'json' ? schemaRef(`${type}Frontmatter`) : { type: 'string' } },
        ])
      ),
    },
    answers: {
      ...ok('Updated, unchanged or outdated', jsonOf('PutResult')),
      201: { description: 'Created', content: jsonOf('PutResult') },
    },
    errors: [400, 409, 412, 413, 415, 422, 503],
  });

const lint = ({ collection }: Names): OperationObject =>
  operation({
    id: `lint${collection}`,
    summary: 'What readers would stumble over',
    permission: 'document.lint',
    isOpen: false,
    parameters: queryParameters(itemQuery),
    answers: ok('Documents with findings', jsonOf('LintResults')),
    errors: [400],
  });

const findPublications = ({ collection }: Names): OperationObject =>
  operation({
    id: `find${collection}Publications`,
    summary: 'What readers got of a slug, the newest first, and why the date moved',
    permission: 'document.findPublications',
    isOpen: false,
    parameters: [parameterRef('Slug'), ...queryParameters(historyQuery)],
    answers: ok('Publications', jsonOf('Publications')),
    errors: [400, 404],
  });

const findSchema = ({ collection }: Names): OperationObject =>
  operation({
    id: `find${collection}Schema`,
    summary: 'JSON Schema (draft 2020-12) of the frontmatter',
    permission: 'schema.findOne',
    isOpen: true,
    parameters: [parameterRef('IfNoneMatch')],
    answers: cached('The schema', { 'application/schema+json': { schema: { type: 'object' } } }),
    errors: [400],
  });

const archive = ({ collection }: Names): OperationObject =>
  operation({
    id: `archive${collection}`,
    summary: 'All published documents as markdown files',
    permission: 'archive.findOne',
    isOpen: true,
    parameters: [parameterRef('IfNoneMatch')],
    answers: cached('A ZIP archive', { 'application/zip': {} }),
    errors: [400],
  });
