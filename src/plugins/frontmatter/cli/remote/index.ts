import { z } from 'zod';
import { MAX_HISTORY, type LintCollection } from '../../shared';
import { chooseCollections } from '../choose-collection';
import type { Cms } from '../cms-services';
import { ServerError } from '../errors';
import { createRemoteExporter } from './exporter';
import { createRemoteImporter } from './importer';
import { findPublications } from './publications';
import { connect, type ServerOptions } from './server';

/** The part of `GET /api/frontmatter` that is needed here. */
const collectionsSchema = z.object({
  data: z.array(
    z.object({
      collection: z.string(),
      count: z.number(),
      files: z.array(z.string()),
      keys: z.array(z.object({ name: z.string(), required: z.boolean() })),
    })
  ),
});

/**
 * Connects to the CMS that runs at an address.
 *
 * @throws UsageError if the address, the token or the collection is not valid.
 * @throws ServerError if it does not answer as this version of the plugin does.
 */
export async function findRemoteCms({
  collection: name,
  ...options
}: ServerOptions & { collection?: string | undefined }): Promise<Cms> {
  const server = connect(options);
  const answer = collectionsSchema.safeParse(
    await server.send({ path: '', permission: 'collection.find' })
  );
  if (!answer.success) {
    throw new ServerError(
      `${options.url} does not answer like this version of the plugin: check the address, and that both have the same version`
    );
  }
  const collections = chooseCollections(answer.data.data, name);
  return {
    shapes: collections.map(({ keys, ...shape }) => ({ ...shape, topKeys: keys })),
    use: (task) =>
      task({
        importer: createRemoteImporter(server, {
          isEmpty: (name) =>
            collections.every((each) => each.collection !== name || each.count === 0),
        }),
        exporter: createRemoteExporter(server),
        linter: {
          async lint(collection, { status }) {
            const path = `/${collection}/lint`;
            const request = { path, query: { status }, permission: 'document.lint' };
            return (await server.send<LintCollection.Response>(request)).data;
          },
        },
        history: {
          async of(collection, slug, { limit = MAX_HISTORY } = {}) {
            return (await findPublications(server, { collection, slug, limit }))?.data ?? [];
          },
        },
      }),
  };
}
