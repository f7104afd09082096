import path from 'node:path';
import type { Core, UID } from '@strapi/strapi';
import { ConfigurationError } from '../../../../kit/configuration-error';
import { errors } from '../../../../kit/strapi-utils';
import { keyPaths, misfits, type Shape, type TypeSchema } from '../../../../core';
import { loadShapes, type LoadedShape } from '../../../../node/load-shapes';
import { hashOf } from '../../../../node/text-hash';
import { serviceOf } from './service-of';

export function createShapes({ strapi }: { strapi: Core.Strapi }) {
  const loaded = loadShapes(strapi.dirs.dist.src);
  const shapes = loaded.map(({ shape }) => shape);
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
    throw new errors.NotFoundError(
      `There is no collection '${collection}'. Collections: ${names || 'none'}`
    );
  }

  return {
    all: (): readonly Shape[] => shapes,
    /** The same in every application whose shapes have the same keys. */
    fingerprint,
    findByCollection,
    getByCollection,

    /**
     * Returns the collection with this name, or the only one.
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

    /** @throws ConfigurationError if a shape requires what its content type cannot hold. */
    assertFitContentTypes(): void {
      assertFit(strapi, loaded);
    },
  };
}

/** @throws ConfigurationError with all mistakes of all shapes. */
function assertFit(strapi: Core.Strapi, loaded: readonly LoadedShape[]): void {
  const findType = (uid: string) =>
    (strapi.contentTypes[uid as UID.ContentType] ?? strapi.components[uid as UID.Component]) as
      TypeSchema | undefined;
  const mistakes = loaded.flatMap(({ file, shape }) => {
    const found = misfits(shape, findType);
    if (found.length === 0) return [];
    return [
      `The shape '${shape.collection}' in ${path.relative(strapi.dirs.app.root, file)} does not fit ${shape.contentType}:`,
      ...found.map((mistake) => `- ${mistake}`),
    ];
  });
  if (mistakes.length > 0) throw new ConfigurationError(mistakes.join('\n'));
}

export const getShapes = serviceOf('shapes', createShapes);
