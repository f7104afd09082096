import type { Core, UID } from '@strapi/strapi';
import type { StoredDocument } from '../../../../core';

export type Row = StoredDocument & { id: number; documentId: string; publishedAt: string | null };
type Attributes = Record<string, unknown>;
interface ComponentAttribute {
  type: string;
  component: UID.Component;
  repeatable?: boolean;
}

/**
 * Writes into rows below the Document Service, both drafts and published ones. Nobody has edited
 * anything, so `updatedAt` stays and no publication follows.
 */
export function createRowBackfill({ strapi }: { strapi: Core.Strapi }) {
  const rows = (uid: string) => strapi.db.query(uid as UID.Schema);

  async function setRelations(uid: string, id: number, relations: Attributes): Promise<void> {
    await strapi.db.transaction(({ trx }) =>
      strapi.db.entityManager.updateRelations(uid as UID.Schema, id, relations, {
        transaction: trx,
      })
    );
  }

  /** Creates components, linked the way the Document Service does it. */
  async function createComponents(
    name: string,
    { component }: ComponentAttribute,
    values: Attributes[]
  ) {
    const links = [];
    for (const data of values) {
      const { id } = await rows(component).create({ data });
      links.push({ id, __pivot: { field: name, component_type: component } });
    }
    return links;
  }

  return {
    /**
     * @param row Populated with its components.
     * @param values Attributes of the row, a component's nested in it. All others stay as they are.
     */
    async fillAttributes(uid: string, row: Row, values: Attributes): Promise<void> {
      const { attributes } = strapi.getModel(uid as UID.Schema);
      const plain: Attributes = {};
      const components: Attributes = {};
      for (const [name, value] of Object.entries(values)) {
        const attribute = attributes[name] as ComponentAttribute;
        const current = row[name] as { id?: number } | null | undefined;
        if (attribute.type !== 'component') {
          plain[name] = value;
        } else if (attribute.repeatable) {
          components[name] = await createComponents(name, attribute, value as Attributes[]);
        } else if (current?.id !== undefined) {
          const where = { id: current.id };
          await rows(attribute.component).updateMany({ where, data: value as Attributes });
        } else {
          const [link] = await createComponents(name, attribute, [value as Attributes]);
          components[name] = link;
        }
      }
      if (Object.keys(plain).length > 0) {
        await rows(uid).updateMany({ where: { id: row.id }, data: plain });
      }
      if (Object.keys(components).length > 0) await setRelations(uid, row.id, components);
    },

    /** Makes a relation show documents. If they have versions, uses those with the row's status. */
    async fillRelation(
      uid: string,
      { id, publishedAt }: Pick<Row, 'id' | 'publishedAt'>,
      { attribute, target }: { attribute: string; target: string },
      documentIds: readonly string[]
    ): Promise<void> {
      const hasVersions = strapi.getModel(target as UID.ContentType).options?.draftAndPublish;
      const targets = (await rows(target).findMany({
        select: ['id', 'documentId'],
        where: {
          documentId: { $in: [...documentIds] },
          ...(hasVersions && { publishedAt: publishedAt ? { $notNull: true } : { $null: true } }),
        },
      })) as Row[];
      const ids = new Map(targets.map((row) => [row.documentId, row.id]));
      const set = documentIds.flatMap((documentId) => ids.get(documentId) ?? []);
      await setRelations(uid, id, { [attribute]: { set: set.map((rowId) => ({ id: rowId })) } });
    },
  };
}
