/** Uid and table of the row that every write to the content takes first. */
export const WRITE_LOCK = { uid: 'plugin::frontmatter.write-lock', tableName: 'frontmatter_lock' };

export const writeLockModel = {
  ...WRITE_LOCK,
  singularName: 'frontmatter_lock',
  modelName: 'frontmatter_lock',
  attributes: {
    id: { type: 'increments' },
    /** Rises with each write, so that taking the lock is an update. */
    writes: { type: 'integer', default: 0 },
    /** The newest `seq` of a publication. The row is locked until the commit, so no number is skipped. */
    seq: { type: 'integer', default: 0 },
    /** Which keys the application knows that started last: one that knows others writes no more. */
    shapes: { type: 'string' },
  },
};
