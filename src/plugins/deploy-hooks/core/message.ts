import { formatCursor, type Cursor } from 'strapi-plugin-frontmatter/core';
import type { SlugChange } from './pending';

/** Standard Webhooks advises less than 20 kB: https://www.standardwebhooks.com */
export const MAX_MESSAGE_BYTES = 20_000;

/** Why a site must forget what it knows and read everything. */
export type StartOverReason = 'new' | 'restored';

/** What a site is told, in the form of Standard Webhooks; the same JSON text at each attempt. */
export interface Message {
  type: 'content.changed' | 'test';
  /** ISO 8601: of the newest change. */
  timestamp: string;
  data: {
    /** The site was told everything up to `from`, and is with this message up to `to`: positions in the change feed. */
    cursor: { from: string; to: string };
    /** Read the change feed from its beginning: the hook is new, or the database was restored. */
    startOver?: StartOverReason;
    /** How many slugs of each collection changed. */
    counts: Record<string, number>;
    /** Each slug once, the newest last; absent where they are too many: read the change feed. */
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

/** The message, without its list of changes where that would make it too long. */
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
