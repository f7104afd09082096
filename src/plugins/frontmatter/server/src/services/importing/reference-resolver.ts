import { isDeepStrictEqual } from 'node:util';
import type { Core, UID } from '@strapi/strapi';
import {
  fileNameOf,
  MEDIA_TYPE,
  newEntry,
  type Reference,
  type StoredDocument,
} from '../../../../core';
import { fieldError } from '../../../../kit/field-error';

type DocumentId = string;
type NamesReference = Extract<Reference, { kind: 'names' }>;
interface LibraryFile {
  id: number;
  documentId: string;
}
type MediaReference = Extract<Reference, { kind: 'media' }>;
type EntryReference = Extract<Reference, { kind: 'entry' }>;

/** Finds the documents that an imported file refers to, and creates the ones it may create. */
export function createReferenceResolver({ strapi }: { strapi: Core.Strapi }) {
  const repository = (uid: string) => strapi.documents(uid as UID.ContentType);

  async function idsByValue(
    uid: string,
    attribute: string,
    values: readonly string[]
  ): Promise<Map<string, DocumentId>> {
    if (values.length === 0) return new Map();
    const found = (await repository(uid).findMany({
      filters: { [attribute]: { $in: [...values] } },
      fields: [attribute],
    })) as StoredDocument[];
    return new Map(found.map((entry) => [String(entry[attribute]), String(entry['documentId'])]));
  }

  /** Finds the media library file with that URL, or else the newest one with that file name. */
  async function findFile(path: string | null): Promise<LibraryFile | null> {
    if (path === null) return null;
    const files = strapi.db.query(MEDIA_TYPE as UID.ContentType);
    const byUrl = await files.findOne({ where: { url: path } });
    const found =
      byUrl ??
      (await files.findOne({ where: { name: fileNameOf(path) }, orderBy: { id: 'desc' } }));
    return found as LibraryFile | null;
  }

  return {
    /** Returns the ids of the named entries, in the order of the names. Creates missing ones. */
    async resolveNames({ target, nameAttribute, names }: NamesReference): Promise<DocumentId[]> {
      const ids = await idsByValue(target, nameAttribute, names);
      for (const name of names) {
        if (ids.has(name)) continue;
        const created = await repository(target).create({
          data: { [nameAttribute]: name } as never,
        }); // the shape names the attribute
        ids.set(name, created.documentId);
      }
      return names.flatMap((name) => ids.get(name) ?? []);
    },

    findFile,

    /**
     * Returns the id of the file that a path refers to.
     *
     * @throws ValidationError if the media library has none.
     */
    async resolveFile({ attribute, path }: MediaReference): Promise<number | null> {
      if (path === null) return null;
      const found = await findFile(path);
      if (found) return found.id;
      const message = `the media library has no file '${fileNameOf(path)}': upload it there, then import again`;
      throw fieldError([{ path: [attribute], message }]);
    },

    /**
     * Returns the entry that shows exactly what the file says, and creates it if there is none.
     *
     * @param document The document's own attributes, which override texts of the entry.
     * @param currentId The document's current entry, preferred among several with the same content.
     */
    async resolveEntry(
      { field, content }: EntryReference,
      document: StoredDocument,
      currentId: DocumentId | undefined
    ): Promise<DocumentId | null> {
      if (content === null) return null;
      const texts = Object.entries(content).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, { $eq: value }] as const] : []
      );
      const candidates = (await repository(field.target).findMany({
        filters: Object.fromEntries(texts),
        populate: '*',
        sort: 'id:asc',
      })) as StoredDocument[];
      const shown = (entry: unknown) => field.parse(entry, { document });
      const ids = candidates
        .filter((candidate) => isDeepStrictEqual(shown(candidate), shown(content)))
        .map((candidate) => String(candidate['documentId']));
      if (currentId && ids.includes(currentId)) return currentId;
      if (ids[0]) return ids[0];
      const data = newEntry(field, content) as never; // the shape names the attributes
      return (await repository(field.target).create({ data })).documentId;
    },
  };
}
