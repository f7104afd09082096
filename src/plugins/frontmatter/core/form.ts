import { z } from 'zod';

const end = z.object({
  documentId: z.string().optional(),
  id: z.union([z.string(), z.number()]).optional(),
  position: z.object({ start: z.boolean().optional(), end: z.boolean().optional() }),
});

/**
 * A relation as a form of the panel holds it: the changes to the stored relation.
 * https://docs.strapi.io/cms/api/rest/relations
 */
const relationChange = z.object({
  connect: z
    .array(
      z.object({
        documentId: z.string(),
        position: z
          .object({
            before: z.string().optional(),
            after: z.string().optional(),
            start: z.boolean().optional(),
          })
          .optional(),
      })
    )
    .default([]),
  disconnect: z.array(z.object({ documentId: z.string().optional() })).default([]),
});

/**
 * Returns the ids of a relation as saving the form would leave them.
 *
 * @param change `undefined`, `null` or anything else that is not a change leaves them as they are
 * @param isSingle whether the relation holds at most one target
 */
export function withFormChange(
  ids: readonly string[],
  change: unknown,
  { isSingle = false } = {}
): string[] {
  const parsed = relationChange.safeParse(change);
  if (!parsed.success) return [...ids];
  const { connect, disconnect } = parsed.data;
  const gone = new Set(disconnect.map(({ documentId }) => documentId));
  let result = ids.filter((id) => !gone.has(id));
  // An entry can be positioned relative to another connected entry, which is inserted first.
  for (const { documentId, position } of inOrderOfAnchors(connect)) {
    result = isSingle ? [] : result.filter((id) => id !== documentId);
    result.splice(placeOf(result, position), 0, documentId);
  }
  return result;
}

/** Returns the ids (of documents or rows) that a write of a relation puts at its start and end. */
export function endsOf(change: unknown): { first: string[]; last: string[] } {
  const { connect } = (change ?? {}) as { connect?: unknown };
  const entries = [connect].flat().flatMap((entry) => end.safeParse(entry).data ?? []);
  const idsAt = (place: 'start' | 'end') =>
    entries.flatMap(({ documentId, id, position }) =>
      position[place] ? String(documentId ?? id) : []
    );
  return { first: idsAt('start'), last: idsAt('end') };
}

type Connect = z.infer<typeof relationChange>['connect'];

function inOrderOfAnchors(connect: Connect): Connect {
  const byId = new Map(connect.map((entry) => [entry.documentId, entry]));
  const sorted = new Set<Connect[number]>();
  const add = (entry: Connect[number], seen: ReadonlySet<string>): void => {
    const anchor = byId.get(entry.position?.before ?? entry.position?.after ?? '');
    if (anchor && !seen.has(anchor.documentId)) add(anchor, new Set([...seen, anchor.documentId]));
    sorted.add(entry);
  };
  for (const entry of connect) add(entry, new Set([entry.documentId]));
  return [...sorted];
}

function placeOf(ids: readonly string[], position: Connect[number]['position']): number {
  const before = ids.indexOf(position?.before ?? '');
  if (before >= 0) return before;
  const after = ids.indexOf(position?.after ?? '');
  if (after >= 0) return after + 1;
  return position?.start ? 0 : ids.length;
}
