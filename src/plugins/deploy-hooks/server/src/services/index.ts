import { createAlerts } from './dispatching/alerts';
import { createAttempts } from './dispatching/attempts';
import { createBuildReports } from './reporting/build-reports';
import { createClock } from './foundation/clock';
import { createCredentials } from './hooks/credentials';
import { createDeclaredHooks } from './hooks/declared-hooks';
import { createDeliveries } from './deliveries/deliveries';
import { createDeliveryList } from './deliveries/delivery-list';
import { createDispatcher } from './dispatching/dispatcher';
import { createFollowedHooks } from './following/followed-hooks';
import { createHookRows } from './hooks/hook-rows';
import { createHookRules } from './hooks/hook-rules';
import { createHookView } from './operating/hook-view';
import { createHooks } from './operating/hooks';
import { createLeases } from './deliveries/leases';
import { createLiveChecks } from './dispatching/live-checks';
import { createMessages } from './dispatching/messages';
import { createMetrics } from './following/metrics';
import { createNameLookup } from './hooks/name-lookup';
import { createOperations } from './operating/operations';
import { createProgress } from './operating/progress';
import { createSender } from './sending/sender';
import { createSettingsLock } from './hooks/settings-lock';

export const services = {
  alerts: createAlerts,
  attempts: createAttempts,
  'build-reports': createBuildReports,
  clock: createClock,
  credentials: createCredentials,
  'declared-hooks': createDeclaredHooks,
  deliveries: createDeliveries,
  'delivery-list': createDeliveryList,
  dispatcher: createDispatcher,
  'followed-hooks': createFollowedHooks,
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
