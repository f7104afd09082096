import { createLog } from 'strapi-plugin-frontmatter/kit/log';
import { PLUGIN_ID } from '../../plugin-id';

/** What a line is about: ids and names; never an address, a header, a secret or a body. */
export interface LogFields {
  hook?: string;
  messageId?: string;
  error?: unknown;
}

export const log = createLog<LogFields>(PLUGIN_ID);
