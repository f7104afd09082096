/** Uid and table of the row that every write to the content locks first. */
export const WRITE_LOCK = { uid: 'plugin::frontmatter.write-lock', tableName: 'frontmatter_lock' };

export const writeLockModel = {
  ...WRITE_LOCK,
  singularName: 'frontmatter_lock',
  modelName: 'frontmatter_lock',
  attributes: {
    id: { type: 'increments' },
    /** Incremented by each write, so that acquiring the lock is an update. */
    writes: { type: 'integer', default: 0 },
    /** The newest `seq` of a publication. The row is locked until commit, so none is skipped. */
    seq: { type: 'integer', default: 0 },
    /** Key fingerprint of the application started last. Those with another one cannot write. */
    shapes: { type: 'string' },
  },
};
