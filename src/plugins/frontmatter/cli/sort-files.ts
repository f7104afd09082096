import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { minBy } from 'es-toolkit';
import { decode, parse } from '../core';
import { UsageError } from './errors';
import { findFiles, type FileShape, type FoundFile, type FoundFiles } from './find-files';

/** Files that belong to one collection. */
export interface CollectionFiles<T extends FileShape> {
  shape: T;
  found: FoundFiles;
}

/**
 * Sorts the files of some paths by the collection they belong to: the one whose keys a file holds,
 * or that of the files around it. Omits collections without files, but returns at least one.
 *
 * @throws UsageError if it is not clear where a file belongs.
 */
export async function sortFiles<T extends FileShape>(
  shapes: readonly T[],
  paths: readonly string[]
): Promise<CollectionFiles<T>[]> {
  const groups = await Promise.all(
    shapes.map(async (shape) => ({ shape, found: await findFiles(shape, paths) }))
  );
  const [first, ...others] = groups;
  if (!first || others.length === 0) return groups;

  const owners = await ownersOf(groups);
  const names = new Set(owners.keys());
  const sorted = groups.map(({ shape, found }) => ({
    shape,
    found: {
      files: found.files.filter((each) => owners.get(path.resolve(each.file)) === shape),
      skipped: [] as FoundFiles['skipped'],
      unreadable: [] as FoundFiles['unreadable'],
    },
  }));
  const kept = sorted.filter(({ found }) => found.files.length > 0);
  const [main] = kept.length > 0 ? kept : sorted;
  // What belongs to no collection is reported once.
  const { skipped, unreadable } = first.found;
  const isSkipped = ({ file }: { file: string }) => !names.has(path.resolve(file));
  main?.found.skipped.push(...skipped.filter(isSkipped));
  main?.found.unreadable.push(...unreadable);
  return kept.length > 0 ? kept : sorted.slice(0, 1);
}

/**
 * Checks paths for commands that have nothing to do without files.
 *
 * @throws UsageError if there are markdown files, but none is named like a document.
 */
export function assertNamed(
  shapes: readonly FileShape[],
  groups: readonly CollectionFiles<FileShape>[],
  paths: readonly string[]
): void {
  const all = groups.map(({ found }) => found);
  const isFound = all.some(({ files, unreadable }) => files.length + unreadable.length > 0);
  const others = all.flatMap(({ skipped }) => skipped).filter(({ reason }) => reason === 'name');
  if (isFound || others.length === 0) return;
  throw new UsageError(
    `No file in ${paths.join(', ')} is named like a document (${namesOf(shapes)}): name another folder, or change 'files' in the shape`
  );
}

/** Describes how the files of some collections are named: `posts: {slug}.md or {slug}/index.md`. */
export const namesOf = (shapes: readonly FileShape[]): string =>
  shapes.map(({ collection, files }) => `${collection}: ${files.join(' or ')}`).join('; ');

interface Candidate {
  file: FoundFile;
  /** Collections that have files of such a name. */
  shapes: FileShape[];
}

/** A file that fits several collections equally well, or whose keys cannot be read. */
interface Undecided extends Candidate {
  isReadable: boolean;
}

/** Finds the collection of each file, by its absolute path. */
async function ownersOf(
  groups: readonly CollectionFiles<FileShape>[]
): Promise<Map<string, FileShape>> {
  const candidates = new Map<string, Candidate>();
  for (const { shape, found } of groups) {
    for (const file of found.files) {
      const key = path.resolve(file.file);
      const known = candidates.get(key);
      if (known) known.shapes.push(shape);
      else candidates.set(key, { file, shapes: [shape] });
    }
  }
  const owners = new Map<string, FileShape>();
  const undecided: [string, Undecided][] = [];
  for (const [key, { file, shapes }] of candidates) {
    const keys = shapes.length > 1 ? await keysOfFile(file.file) : undefined;
    const likely = keys ? likeliest(shapes, keys) : shapes;
    const [only, ...rest] = likely;
    if (only && rest.length === 0) owners.set(key, only);
    else undecided.push([key, { file, shapes: likely, isReadable: keys !== undefined }]);
  }
  const decided = [...owners];
  for (const [key, { file, shapes, isReadable }] of undecided) {
    const nearest = nearestOf(key, shapes, decided);
    if (!nearest && isReadable) throw unclear(file, shapes);
    const owner = nearest ?? shapes[0];
    if (owner) owners.set(key, owner);
  }
  return owners;
}

/** Returns the shapes for which a file has the fewest missing required and unknown keys. */
function likeliest(shapes: FileShape[], keys: readonly string[]): FileShape[] {
  const distances = shapes.map((shape) => {
    const known = new Set(shape.topKeys.map(({ name }) => name));
    const unknown = keys.filter((key) => !known.has(key)).length;
    const missing = shape.topKeys.filter(({ name, required }) => required && !keys.includes(name));
    return { shape, distance: unknown + missing.length };
  });
  const least = Math.min(...distances.map(({ distance }) => distance));
  return distances.filter(({ distance }) => distance === least).map(({ shape }) => shape);
}

/** Reads the keys of a file; `undefined` if it has none to read, which is reported later. */
async function keysOfFile(file: string): Promise<string[] | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  const decoded = bytes && decode(bytes);
  if (decoded?.kind !== 'text') return undefined;
  const parsed = parse(decoded.text);
  return parsed.kind === 'parsed' ? Object.keys(parsed.file.data) : undefined;
}

/** Returns the collection of the nearest decided file: the one with the shortest relative path. */
function nearestOf(
  key: string,
  shapes: readonly FileShape[],
  decided: readonly [string, FileShape][]
): FileShape | undefined {
  const possible = decided.filter(([, shape]) => shapes.includes(shape));
  return minBy([...possible], ([other]) => path.relative(key, other).split(path.sep).length)?.[1];
}

function unclear({ file }: FoundFile, shapes: readonly FileShape[]): UsageError {
  const names = shapes.map(({ collection }) => collection).join(' or ');
  return new UsageError(`${file} may belong to ${names}: name one of them with --collection`);
}
