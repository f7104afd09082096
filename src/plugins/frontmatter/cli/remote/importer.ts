import { decode, fileIssue, MAX_FILE_BYTES, SLUG_RULE, type Issue } from '../../core';
import type { ImportFiles, ImportResult } from '../../shared';
import type { FileImporter, FileImportOptions } from '../cms-services';
import { ServerError } from '../errors';
import type { ReadFile } from '../read-files';
import type { Server } from './server';

/** This many are written within seconds: a proxy gives up on an answer that takes longer. */
const MAX_FILES = 50;

/** With overhead, below the 1 MB that many proxies accept; a larger file is sent alone. */
const MAX_BYTES = 512 * 1024;

/** A file to send, or its result if that is known without sending it. */
interface Item {
  file: ReadFile;
  bytes: Uint8Array;
  refusal: ImportResult | undefined;
}

/** @param options.isEmpty Whether a collection has no published documents. */
export const createRemoteImporter = (
  server: Server,
  { isEmpty }: { isEmpty(collection: string): boolean }
): FileImporter => ({
  beginIntoEmpty: async (collection) => isEmpty(collection),
  finishIntoEmpty: async () => undefined,

  async *importFiles(files, options) {
    let done = 0;
    for await (const items of inRequests(files)) {
      const results = await send(server, items, { ...options, done });
      for (const { file, refusal } of items) {
        const result = refusal ?? results.shift();
        if (!result) throw new ServerError('The CMS answered with fewer files than it was sent');
        yield { file, result };
      }
      done += items.length;
    }
  },
});

async function* inRequests(files: AsyncIterable<ReadFile>): AsyncGenerator<Item[]> {
  let items: Item[] = [];
  let size = 0;
  for await (const file of files) {
    const item = toItem(file);
    const isFull = items.length === MAX_FILES || size + item.bytes.length > MAX_BYTES;
    // A folder can contain a file of the same name that is not a document.
    if (isFull || items.some((other) => other.file.slug === file.slug)) {
      yield items;
      items = [];
      size = 0;
    }
    items.push(item);
    size += item.bytes.length;
  }
  yield items;
}

/** Rejects what no request can carry, in the words of the CMS. */
function toItem(file: ReadFile): Item {
  const refused = (issues: Issue[]): Item => ({
    file,
    bytes: new Uint8Array(),
    refusal: { slug: file.slug, action: 'invalid', issues },
  });
  if (file.kind === 'refused') return refused(file.issues);
  const { slug, bytes } = file;
  if (bytes.length > MAX_FILE_BYTES) {
    const decoded = decode(bytes);
    if (decoded.kind === 'refused') return refused(decoded.issues);
  }
  if (slug.includes('\\')) {
    // The CMS would take the part before it for a folder, and the rest for the slug.
    const message = `the file's name gives the slug '${slug}': ${SLUG_RULE}`;
    return refused([fileIssue('invalid-slug', message)]);
  }
  return { file, bytes, refusal: undefined };
}

async function send(
  server: Server,
  items: readonly Item[],
  { collection, draft, dryRun, force, batch, done }: FileImportOptions & { done: number }
): Promise<ImportResult[]> {
  const form = new FormData();
  for (const { file, bytes, refusal } of items) {
    if (!refusal) form.append('files', new Blob([bytes]), `${file.slug}.md`);
  }
  if (!form.has('files')) return [];
  form.append('batch', [...batch].join('\n'));
  const query = {
    collection,
    status: draft ? 'draft' : 'published',
    dryRun: String(dryRun),
    force: String(force),
  };
  try {
    const request = { path: '/import', query, form, permission: 'document.import' };
    const { data } = await server.send<ImportFiles.Response>(request);
    return data.map(({ file: _file, ...result }) => result);
  } catch (error) {
    if (!(error instanceof ServerError) || done === 0) throw error;
    throw new ServerError(
      `${error.message}\n${done} files were processed before: run the import again without --if-empty to do the rest`
    );
  }
}
