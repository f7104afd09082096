import { createBackground } from './background';
import { createChanges } from './changes';
import { createClock } from './clock';
import { createDates } from './dates';
import { createDocuments } from './documents';
import { createEntries } from './entries';
import { createExporter } from './exporter';
import { createFormRow } from './form-row';
import { createGainedKeys } from './gained-keys';
import { createHistory } from './history';
import { createImporter } from './importer';
import { createLinter } from './linter';
import { createLinks } from './links';
import { createLists } from './lists';
import { createMetrics } from './metrics';
import { createPendingLinks } from './pending-links';
import { createPreviewer } from './previewer';
import { createPublicationLog } from './publication-log';
import { createPublications } from './publications';
import { createPublisher } from './publisher';
import { createReadConnection } from './read-connection';
import { createReconciler } from './reconciler';
import { createReferences } from './references';
import { createRenderer } from './renderer';
import { createRowWrites } from './row-writes';
import { createScheduler } from './scheduler';
import { createServerLease } from './server-lease';
import { createShapes } from './shapes';
import { createShutdown } from './shutdown';
import { createWarnings } from './warnings';
import { createWindows } from './windows';
import { createWriteContext } from './write-context';
import { createWriteLock } from './write-lock';

export const services = {
  background: createBackground,
  changes: createChanges,
  clock: createClock,
  dates: createDates,
  documents: createDocuments,
  entries: createEntries,
  exporter: createExporter,
  'form-row': createFormRow,
  'gained-keys': createGainedKeys,
  history: createHistory,
  importer: createImporter,
  linter: createLinter,
  links: createLinks,
  lists: createLists,
  metrics: createMetrics,
  'pending-links': createPendingLinks,
  previewer: createPreviewer,
  'publication-log': createPublicationLog,
  publications: createPublications,
  publisher: createPublisher,
  'read-connection': createReadConnection,
  reconciler: createReconciler,
  references: createReferences,
  renderer: createRenderer,
  'row-writes': createRowWrites,
  scheduler: createScheduler,
  'server-lease': createServerLease,
  shapes: createShapes,
  shutdown: createShutdown,
  warnings: createWarnings,
  windows: createWindows,
  'write-context': createWriteContext,
  'write-lock': createWriteLock,
};
