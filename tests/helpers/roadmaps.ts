import type { Core } from '@strapi/strapi';

let sequence = 0;

/** Returns the attributes of a roadmap that can be published. */
export function buildRoadmap(overrides: Record<string, unknown> = {}) {
  sequence += 1;
  return {
    slug: `roadmap-${sequence}`,
    order: sequence,
    briefTitle: `Roadmap ${sequence}`,
    briefDescription: 'All you need to begin',
    title: `Roadmap number ${sequence}`,
    description: 'A path from the first step to the last',
    ...overrides,
  };
}

export const ROADMAP = 'api::roadmap.roadmap';

/** Creates and publishes a roadmap through the Document Service. Returns its document id. */
export async function publishRoadmap(
  strapi: Core.Strapi,
  overrides: Record<string, unknown> = {}
): Promise<string> {
  const { documentId } = await strapi
    .documents(ROADMAP)
    .create({ data: buildRoadmap(overrides), status: 'published' });
  return documentId;
}

/** Clones the draft of a roadmap. Only Strapi's types require all attributes, not its code. */
export async function cloneRoadmap(
  strapi: Core.Strapi,
  documentId: string,
  overrides: Record<string, unknown>
): Promise<string> {
  const copy = await strapi
    .documents(ROADMAP)
    .clone({ documentId, data: overrides as ReturnType<typeof buildRoadmap> });
  return String(copy?.documentId);
}
