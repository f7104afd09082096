/** Which version of a document is requested. */
export const DOCUMENT_STATUSES = ['published', 'draft'] as const;
export type DocumentStatus = (typeof DOCUMENT_STATUSES)[number];

/**
 * The result for a file:
 * - `created`, `updated`: it was written (or would be).
 * - `unchanged`: the CMS has the same content.
 * - `outdated`: the CMS knows this text and has a newer one; nothing is written.
 * - `conflict`: the same key was changed on both sides; nothing is written.
 * - `invalid`: it has errors, or the CMS rejected it; nothing is written.
 */
export const IMPORT_ACTIONS = [
  'created',
  'updated',
  'unchanged',
  'outdated',
  'conflict',
  'invalid',
] as const;
export type ImportAction = (typeof IMPORT_ACTIONS)[number];

/**
 * Who published: an editor in the panel, an API token, a user of Strapi's Users & Permissions
 * plugin, a command, the schedule of an entry, or the CMS itself.
 */
export const AUTHOR_KINDS = ['editor', 'token', 'user', 'command', 'schedule', 'system'] as const;
