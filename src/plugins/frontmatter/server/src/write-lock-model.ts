/** Uid and table of the row that every write to the content takes first. */
export const WRITE_LOCK = { uid: 'plugin::frontmatter.write-lock', tableName: 'frontmatter_lock' };

/** A table of the plugin's own rather than a content type: nobody edits, exports or reads it. */
export const writeLockModel = {
  ...WRITE_LOCK,
  singularName: 'frontmatter_lock',
  modelName: 'frontmatter_lock',
  attributes: {
    id: { type: 'increments' },
    /** Rises with each write, so that taking the lock is an update. */
    writes: { type: 'integer', default: 0 },
  },
};
