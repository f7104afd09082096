import type { Core } from '@strapi/strapi';
import type { Shape } from '../../../core';
import { loadShapes } from '../../../shared';

export function createShapes({ strapi }: { strapi: Core.Strapi }) {
  const shapes = loadShapes(strapi.dirs.dist.src);
  const targets = shapes.flatMap((shape) =>
    shape.leaves.flatMap(({ field }) => ('target' in field ? [String(field.target)] : []))
  );
  /** Types whose writes change what a document shows. */
  const shownTypes = new Set([...shapes.map((shape) => shape.contentType), ...targets]);

  return {
    all: (): readonly Shape[] => shapes,
    findByCollection: (collection: string): Shape | undefined =>
      shapes.find((shape) => shape.collection === collection),
    findByContentType: (uid: string): Shape | undefined =>
      shapes.find((shape) => shape.contentType === uid),
    isShown: (uid: string): boolean => shownTypes.has(uid),
  };
}
