import { formatCursor, type Cursor } from 'strapi-plugin-frontmatter/core';
import type { SlugChange } from './pending';

/** Standard Webhooks recommends less than 20 kB: https://www.standardwebhooks.com */
export const MAX_MESSAGE_BYTES = 20_000;

/** Why a site must forget what it knows and read everything. */
export type StartOverReason = 'new' | 'restored';

/** What a site is sent, in the format of Standard Webhooks; the same JSON text at each attempt. */
export interface Message {
  type: 'content.changed' | 'test';
  /** ISO 8601: time of the newest change. */
  timestamp: string;
  data: {
    /** Change feed positions: the site knew all up to `from`, and now knows all up to `to`. */
    cursor: { from: string; to: string };
    /** Read the change feed from its beginning: the hook is new, or the database was restored. */
    startOver?: StartOverReason;
    /** How many slugs of each collection changed. */
    counts: Record<string, number>;
    /** Each slug once, newest last. Absent if there are too many: read the change feed instead. */
    changes?: SlugChange[];
  };
}

export interface MessageInput {
  type: Message['type'];
  timestamp: Date;
  from: Cursor;
  to: Cursor;
  changes: Iterable<SlugChange>;
  startOver?: StartOverReason | undefined;
}

/** Returns the message, without its list of changes if that would make it too long. */
export function createMessage(input: MessageInput): Message {
  const changes = [...input.changes];
  const counts = new Map<string, number>();
  for (const { collection } of changes) counts.set(collection, (counts.get(collection) ?? 0) + 1);
  const short: Message = {
    type: input.type,
    timestamp: input.timestamp.toISOString(),
    data: {
      cursor: { from: formatCursor(input.from), to: formatCursor(input.to) },
      ...(input.startOver && { startOver: input.startOver }),
      counts: Object.fromEntries(counts),
    },
  };
  const whole: Message = { ...short, data: { ...short.data, changes } };
  return sizeOf(whole) < MAX_MESSAGE_BYTES ? whole : short;
}

const sizeOf = (message: Message): number =>
  new TextEncoder().encode(JSON.stringify(message)).byteLength;
