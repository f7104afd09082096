import { parseCursor, type Cursor } from 'strapi-plugin-frontmatter/core';
import { z } from 'zod';

/** What a site said of itself at one look. */
export type SiteStatus =
  /** It shows all that was published up to there. */
  { kind: 'shows'; cursor: Cursor } | { kind: 'unreadable'; reason: string };

const statusFile = z.object({ cursor: z.string() });

/** Reads what a status URL answered: `{ "cursor": "17.f3a96c1e" }`, beside whatever else. */
export function readSiteStatus({ status, body }: { status: number; body: string }): SiteStatus {
  const unreadable = (reason: string): SiteStatus => ({ kind: 'unreadable', reason });
  if (status < 200 || status > 299) return unreadable(`the status URL answers ${status}`);
  const json = parseJson(body);
  if (json === undefined) {
    return unreadable('the answer of the status URL is not JSON, or is longer than 4 KB');
  }
  const file = statusFile.safeParse(json);
  if (!file.success) return unreadable('what the status URL answers has no "cursor" in it');
  const cursor = parseCursor(file.data.cursor);
  return cursor
    ? { kind: 'shows', cursor }
    : unreadable('the "cursor" that the status URL answers is none of the change feed');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // JSON has no value of this kind
  }
}
