import { z } from 'zod';
import { wholeNumber } from '../../../kit/request';
import { parseCursor } from '../../../core';
import { DOCUMENT_STATUSES, MAX_HISTORY } from '../../../shared';
import { flag } from './query';

const DEFAULT_HISTORY = 100;
const MAX_CHANGES = 1000;

const status = z.enum(DOCUMENT_STATUSES).default('published');

/** `GET /:collection/:slug` */
export const itemQuery = z.strictObject({ status });

const before = z
  .string()
  .refine((text) => parseCursor(text) !== undefined, 'must be the cursor of a publication')
  .optional();

/** `GET /history/:model/:documentId`, for the panel */
export const panelHistoryQuery = z.strictObject({ before });

/** `GET /:collection/:slug/publications` */
export const historyQuery = z.strictObject({
  limit: wholeNumber(1, MAX_HISTORY).default(DEFAULT_HISTORY),
  before,
  etag: z.string().optional(),
});

/** `GET /changes` */
export const changesQuery = z.strictObject({
  collection: z.string().optional().describe('Only of this collection'),
  since: z.string().optional().describe('Cursor of an earlier answer'),
  limit: wholeNumber(1, MAX_CHANGES)
    .default(MAX_CHANGES)
    .describe('Changes in one answer; 1,000 by default'),
});

/** `PUT /:collection/:slug` */
export const putQuery = z.strictObject({
  status,
  force: flag,
});

/** `POST /import` */
export const importQuery = z.strictObject({
  status,
  force: flag,
  dryRun: flag,
  collection: z.string().optional(),
});

/** `GET /export` */
export const exportQuery = z.strictObject({ collection: z.string().optional() });
