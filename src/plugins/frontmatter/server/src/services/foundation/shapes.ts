import type { Core, UID } from '@strapi/strapi';
import { errors } from '../../../../kit/strapi-utils';
import { keyPaths, type Shape } from '../../../../core';
import { loadShapes } from '../../../../node/load-shapes';
import { hashOf } from '../../../../node/text-hash';
import { serviceOf } from './service-of';

export function createShapes({ strapi }: { strapi: Core.Strapi }) {
  const shapes = loadShapes(strapi.dirs.dist.src);
  const targets = shapes.flatMap((shape) =>
    shape.leaves.flatMap(({ field }) => ('target' in field ? [String(field.target)] : []))
  );
  /** Types whose writes change what a document shows. */
  const shownTypes = new Set([...shapes.map((shape) => shape.contentType), ...targets]);

  const fingerprint = hashOf(
    JSON.stringify(shapes.map((shape) => [shape.collection, keyPaths(shape)]))
  );
  const names = shapes.map((shape) => shape.collection).join(', ');
  const findByCollection = (collection: string): Shape | undefined =>
    shapes.find((shape) => shape.collection === collection);

  /** @throws NotFoundError */
  function getByCollection(collection: string): Shape {
    const shape = findByCollection(collection);
    if (shape) return shape;
    throw new errors.NotFoundError(`No collection '${collection}': there is ${names || 'none'}`);
  }

  return {
    all: (): readonly Shape[] => shapes,
    /** The same in every application whose shapes have the same keys. */
    fingerprint,
    getByCollection,

    /**
     * The collection of that name, or the only one.
     *
     * @throws NotFoundError, or ValidationError if there are several and none is named.
     */
    getOnly(collection: string | undefined): Shape {
      const [first, ...others] = shapes;
      if (collection !== undefined) return getByCollection(collection);
      if (first && others.length === 0) return first;
      throw new errors.ValidationError(`Name a collection: ?collection= with one of ${names}`);
    },

    findByContentType: (uid: string): Shape | undefined =>
      shapes.find((shape) => shape.contentType === uid),
    shownTypes: (): readonly string[] => [...shownTypes],
    isShown: (uid: string): boolean => shownTypes.has(uid),

    /** @throws Error if a shape names what the application does not have. */
    assertFitContentTypes(): void {
      for (const shape of shapes) assertFits(strapi, shape);
    },
  };
}

function assertFits(strapi: Core.Strapi, shape: Shape): void {
  const fail = (why: string): never => {
    throw new Error(`The shape '${shape.collection}' does not fit ${shape.contentType}: ${why}`);
  };
  const type = strapi.contentTypes[shape.contentType as UID.ContentType];
  if (!type) return fail('there is no such content type');
  if (!type.options?.['draftAndPublish']) return fail('it has no draft & publish');
  const i18n = type.pluginOptions?.['i18n'] as { localized?: boolean } | undefined;
  if (i18n?.localized) return fail('it is localized, which shapes do not know');

  const { published, modified, override, minorEdit } = shape.dates;
  const { slug, body, order = slug } = shape;
  const named = [slug, body, order, published, modified, override, minorEdit];
  const roots = shape.leaves.map(({ attribute }) => String(attribute[0]));
  const missing = [...named, ...roots].filter((name) => !Object.hasOwn(type.attributes, name));
  if (missing.length > 0) fail(`it has no attribute ${missing.join(', ')}`);
}

export const getShapes = serviceOf('shapes', createShapes);
