import { createAlerts } from './alerts';
import { createAttempts } from './attempts';
import { createClock } from './clock';
import { createCredentials } from './credentials';
import { createDeclaredHooks } from './declared-hooks';
import { createDeliveries } from './deliveries';
import { createDeliveryList } from './delivery-list';
import { createDispatcher } from './dispatcher';
import { createFollowedHooks } from './followed-hooks';
import { createHookNotes } from './hook-notes';
import { createHookRows } from './hook-rows';
import { createHookRules } from './hook-rules';
import { createHookView } from './hook-view';
import { createHooks } from './hooks';
import { createLeases } from './leases';
import { createLiveChecks } from './live-checks';
import { createMessages } from './messages';
import { createMetrics } from './metrics';
import { createNameLookup } from './name-lookup';
import { createOperations } from './operations';
import { createProgress } from './progress';
import { createSender } from './sender';
import { createSettingsLock } from './settings-lock';

export const services = {
  alerts: createAlerts,
  attempts: createAttempts,
  clock: createClock,
  credentials: createCredentials,
  'declared-hooks': createDeclaredHooks,
  deliveries: createDeliveries,
  'delivery-list': createDeliveryList,
  dispatcher: createDispatcher,
  'followed-hooks': createFollowedHooks,
  'hook-notes': createHookNotes,
  'hook-rows': createHookRows,
  'hook-rules': createHookRules,
  'hook-view': createHookView,
  hooks: createHooks,
  leases: createLeases,
  'live-checks': createLiveChecks,
  messages: createMessages,
  metrics: createMetrics,
  'name-lookup': createNameLookup,
  operations: createOperations,
  progress: createProgress,
  sender: createSender,
  'settings-lock': createSettingsLock,
};
