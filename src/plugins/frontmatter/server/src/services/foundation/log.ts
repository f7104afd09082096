import { createLog } from '../../../../kit/log';
import { PLUGIN_ID } from '../../plugin-id';

/** What a log line is about. */
export interface LogFields {
  collection?: string;
  slug?: string;
  documentId?: string;
  error?: unknown;
}

export const log = createLog<LogFields>(PLUGIN_ID);
