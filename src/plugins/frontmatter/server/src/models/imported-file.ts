export const IMPORTED_FILE = {
  uid: 'plugin::frontmatter.imported-file',
  tableName: 'frontmatter_imported_files',
};

/**
 * A file whose values were patched into a newer text, or the draft of a document that is no longer
 * published, as an export wrote it. It is neither a source nor a publication.
 */
export interface ImportedFile {
  collection: string;
  documentId: string;
  slug: string;
  text: string;
  /** Hash of `text`. */
  etag: string;
  /**
   * Hash of the text that its values were patched into, the source of the document from then on;
   * `null` for a draft that an export wrote.
   */
  sourceEtag: string | null;
}

export const importedFileModel = {
  ...IMPORTED_FILE,
  singularName: 'frontmatter_imported_file',
  modelName: 'frontmatter_imported_file',
  attributes: {
    id: { type: 'increments' },
    collection: { type: 'string' },
    documentId: { type: 'string' },
    slug: { type: 'string' },
    text: { type: 'text' },
    etag: { type: 'string' },
    sourceEtag: { type: 'string' },
  },
  indexes: [
    { name: 'frontmatter_imported_files_document', columns: ['document_id'] },
    { name: 'frontmatter_imported_files_slug', columns: ['collection', 'slug', 'etag'] },
  ],
};
