import { createBackground } from './maintenance/background';
import { createChanges } from './reading/changes';
import { createClock } from './foundation/clock';
import { createDates } from './publishing/dates';
import { createSharedEntries } from './writing/shared-entries';
import { createExporter } from './reading/exporter';
import { createFormEdits } from './writing/form-edits';
import { createFormRow } from './editing/form-row';
import { createBackfill } from './maintenance/backfill';
import { createHistory } from './reading/history';
import { createImportedFiles } from './store/imported-files';
import { createImporter } from './importing/importer';
import { createLabels } from './editing/labels';
import { createLinter } from './editing/linter';
import { createLinks } from './linking/links';
import { createLists } from './reading/lists';
import { createMetrics } from './store/metrics';
import { createPendingLinks } from './linking/pending-links';
import { createPreviewLinks } from './editing/preview-links';
import { createPreviewer } from './editing/previewer';
import { createPublicationLog } from './reading/publication-log';
import { createPublications } from './store/publications';
import { createPublisher } from './publishing/publisher';
import { createReadConnection } from './store/read-connection';
import { createReconciler } from './maintenance/reconciler';
import { createRestorer } from './importing/restorer';
import { createRedirects } from './reading/redirects';
import { createReferences } from './store/references';
import { createDrafts } from './rendering/drafts';
import { createRenderer } from './rendering/renderer';
import { createLowLevelWrites } from './writing/low-level-writes';
import { createScheduler } from './editing/scheduler';
import { createServerLease } from './maintenance/server-lease';
import { createShapes } from './foundation/shapes';
import { createShutdown } from './store/shutdown';
import { createWarnings } from './publishing/warnings';
import { createWindows } from './maintenance/windows';
import { createWriteLock } from './store/write-lock';

export const services = {
  background: createBackground,
  changes: createChanges,
  clock: createClock,
  dates: createDates,
  drafts: createDrafts,
  'shared-entries': createSharedEntries,
  exporter: createExporter,
  'form-edits': createFormEdits,
  'form-row': createFormRow,
  backfill: createBackfill,
  history: createHistory,
  'imported-files': createImportedFiles,
  importer: createImporter,
  labels: createLabels,
  linter: createLinter,
  links: createLinks,
  lists: createLists,
  metrics: createMetrics,
  'pending-links': createPendingLinks,
  'preview-links': createPreviewLinks,
  previewer: createPreviewer,
  'publication-log': createPublicationLog,
  publications: createPublications,
  publisher: createPublisher,
  'read-connection': createReadConnection,
  reconciler: createReconciler,
  redirects: createRedirects,
  references: createReferences,
  renderer: createRenderer,
  restorer: createRestorer,
  'low-level-writes': createLowLevelWrites,
  scheduler: createScheduler,
  'server-lease': createServerLease,
  shapes: createShapes,
  shutdown: createShutdown,
  warnings: createWarnings,
  windows: createWindows,
  'write-lock': createWriteLock,
};
