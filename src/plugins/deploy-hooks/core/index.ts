export { addressProblem, isAllowedHost, portOf, urlProblem } from './address';
export { alertCause, describeAlert, type AlertCause, type WatchedHook } from './alert';
export { DEFAULT_RETRY_DELAYS_MS, nextAttemptAt, type FailedSend } from './backoff';
export { failureReason, type Failure } from './failure';
export { headerProblem } from './headers';
export {
  DEFAULT_TIMING,
  PAUSED_BY_OPERATOR,
  PRESETS,
  type HookFilter,
  type Preset,
  type Timing,
} from './hook';
export { judgeAll, nextLookAt, type Verdict, type Watched } from './liveness';
export { maskSecrets, type Confidential } from './mask-secrets';
export {
  createMessage,
  MAX_MESSAGE_BYTES,
  START_OVER_REASONS,
  type Message,
  type MessageInput,
  type StartOverReason,
} from './message';
export { outcomeOf, type Answer, type Outcome } from './outcome';
export {
  concerns,
  needsData,
  nothingPending,
  withPublications,
  type Pending,
  type SlugChange,
} from './pending';
export {
  maskUrl,
  needsToken,
  presetRequest,
  presetUrlProblem,
  signs,
  withQuery,
  type PresetRequest,
} from './presets';
export { nextStep, type HookSituation, type NextStep, type OpenMessage } from './schedule';
export { newSecret, secretProblem, signatureHeaders, type Signed } from './signature';
export { readSiteStatus, type SiteStatus } from './site-status';
export { hookState, type HookNotes, type HookOutlook, type HookState } from './state';
