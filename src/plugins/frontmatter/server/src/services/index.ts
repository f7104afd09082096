import { createBackground } from './background';
import { createClock } from './clock';
import { createDates } from './dates';
import { createDocuments } from './documents';
import { createExporter } from './exporter';
import { createGainedKeys } from './gained-keys';
import { createImporter } from './importer';
import { createLinks } from './links';
import { createPendingLinks } from './pending-links';
import { createPublications } from './publications';
import { createPublisher } from './publisher';
import { createReadConnection } from './read-connection';
import { createReconciler } from './reconciler';
import { createReferences } from './references';
import { createRenderer } from './renderer';
import { createRowWrites } from './row-writes';
import { createServerLease } from './server-lease';
import { createShapes } from './shapes';
import { createWindows } from './windows';
import { createWriteContext } from './write-context';
import { createWriteLock } from './write-lock';

export const services = {
  background: createBackground,
  clock: createClock,
  dates: createDates,
  documents: createDocuments,
  exporter: createExporter,
  'gained-keys': createGainedKeys,
  importer: createImporter,
  links: createLinks,
  'pending-links': createPendingLinks,
  publications: createPublications,
  publisher: createPublisher,
  'read-connection': createReadConnection,
  reconciler: createReconciler,
  references: createReferences,
  renderer: createRenderer,
  'row-writes': createRowWrites,
  'server-lease': createServerLease,
  shapes: createShapes,
  windows: createWindows,
  'write-context': createWriteContext,
  'write-lock': createWriteLock,
};

export type Services = typeof services;
