export const REFERENCE = {
  uid: 'plugin::frontmatter.reference',
  tableName: 'frontmatter_references',
};

/** Something that a published document shows or links, even if readers do not see it currently. */
export interface ReferenceRow {
  collection: string;
  ownerId: string;
  /** Dotted path of the key. */
  path: string;
  /** 0-based position in the list; 0 if the key does not hold a list. */
  position: number;
  targetType: string;
  /** `null` for a slug that the CMS does not know yet. */
  targetId: string | null;
  /** Only for a slug that the CMS does not know yet. */
  slug: string | null;
}

export const referenceModel = {
  ...REFERENCE,
  singularName: 'frontmatter_reference',
  modelName: 'frontmatter_reference',
  attributes: {
    id: { type: 'increments' },
    collection: { type: 'string' },
    ownerId: { type: 'string' },
    path: { type: 'string' },
    position: { type: 'integer' },
    targetType: { type: 'string' },
    targetId: { type: 'string' },
    slug: { type: 'string' },
  },
  indexes: [
    { name: 'frontmatter_references_owner', columns: ['owner_id'] },
    { name: 'frontmatter_references_target', columns: ['target_type', 'target_id'] },
  ],
};
