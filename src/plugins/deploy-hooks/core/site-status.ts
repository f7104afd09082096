import { parseCursor, type Cursor } from 'strapi-plugin-frontmatter/core';
import { z } from 'zod';

/** What a site said about itself at one check. */
export type SiteStatus =
  /** It shows everything that was published up to `cursor`. */
  { kind: 'shows'; cursor: Cursor } | { kind: 'unreadable'; reason: string };

const statusFile = z.object({ cursor: z.string() });

/** Reads the answer of a status URL: `{ "cursor": "17.f3a96c1e" }`, ignoring other properties. */
export function readSiteStatus({ status, body }: { status: number; body: string }): SiteStatus {
  const unreadable = (reason: string): SiteStatus => ({ kind: 'unreadable', reason });
  if (status < 200 || status > 299) return unreadable(`the status URL answers ${status}`);
  const json = parseJson(body);
  if (json === undefined) {
    return unreadable('the answer of the status URL is not JSON, or is longer than 4 KB');
  }
  const file = statusFile.safeParse(json);
  if (!file.success) return unreadable('the answer of the status URL has no "cursor"');
  const cursor = parseCursor(file.data.cursor);
  return cursor
    ? { kind: 'shows', cursor }
    : unreadable('the "cursor" in the answer of the status URL is not a cursor of the change feed');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not a value that JSON can contain
  }
}
