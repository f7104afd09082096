export { addressProblem, isAllowedHost, portOf, urlProblem } from './address';
export { alertCause, describeAlert, hasEnded, shouldAlert, type AlertCause } from './alert';
export { DEFAULT_RETRY_DELAYS_MS, nextAttemptAt } from './backoff';
export { failureReason, type Failure } from './failure';
export { headerProblem } from './headers';
export { PAUSED_BY_OPERATOR, PRESETS, type HookFilter, type Preset, type Timing } from './hook';
export { judgeAll, nextLookAt, type Verdict, type Watched } from './liveness';
export { maskSecrets } from './mask-secrets';
export { createMessage, type Message, type MessageInput, type StartOverReason } from './message';
export { outcomeOf, type Answer, type Outcome } from './outcome';
export {
  concerns,
  needsData,
  nothingPending,
  withPublications,
  type Pending,
  type SlugChange,
} from './pending';
export { maskUrl, needsToken, presetRequest, presetUrlProblem, signs, withQuery } from './presets';
export { nextStep, type DeliveryPlanInput, type NextStep } from './schedule';
export {
  concernsDelivery,
  hasReportSecret,
  readReport,
  reportProblem,
  type BuildReport,
  type HostMessage,
  type KnownBuild,
} from './reports';
export { newSecret, secretProblem, signatureHeaders, type Signed } from './signature';
export { readSiteStatus, type SiteStatus } from './site-status';
export { hookState, type HookState } from './state';
