import type { Importer, ImportResult } from '../shared';
import { findShapes, withApplication } from './application';
import type { Cms, FileImporter } from './cms-services';
import { findRemoteCms } from './remote';

export interface CmsOptions {
  /** Folder of the Strapi application, which is used if there is no `url`. */
  appDir: string;
  /** Address of a running CMS. */
  url?: string | undefined;
  /** API token for it. */
  token?: string | undefined;
  collection?: string | undefined;
}

/**
 * @throws UsageError if there is no such collection.
 * @throws ServerError if the CMS does not answer.
 */
export async function findCms(options: CmsOptions): Promise<Cms> {
  const { appDir, url, token, collection } = options;
  if (url) return findRemoteCms({ url, token, collection });
  return {
    shapes: findShapes(appDir, collection),
    use: (task, applicationOptions) =>
      withApplication(
        appDir,
        (strapi) => {
          const service = <T>(name: string): T => strapi.plugin('frontmatter').service(name) as T;
          return task({
            importer: createFileImporter(service<Importer>('importer')),
            exporter: service('exporter'),
            linter: service('linter'),
            history: service('history'),
          });
        },
        applicationOptions
      ),
  };
}

const createFileImporter = (importer: Importer): FileImporter => ({
  ...importer,
  async *importFiles(files, options) {
    for await (const file of files) {
      const result: ImportResult =
        file.kind === 'refused'
          ? { slug: file.slug, action: 'invalid', issues: file.issues }
          : await importer.importFile(file, options);
      yield { file, result };
    }
    if (!options.dryRun) await importer.finish(options.collection);
  },
});
