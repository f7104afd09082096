import type { Preset } from '../hook';
import type { Message } from '../message';
import { DEFINITIONS } from './definitions';
import type { PresetRequest } from './preset';

export { maskUrl } from './mask-url';
export type { PresetRequest } from './preset';
export { presetUrlProblem } from './url-problem';
export { withQuery } from './with-query';

/**
 * Returns the request for a message: always the same bytes for the same message.
 *
 * @param options.token For presets that need one.
 */
export const presetRequest = (
  preset: Preset,
  message: Message,
  { token }: { token?: string | undefined } = {}
): PresetRequest => DEFINITIONS[preset].request(message, token);

export const needsToken = (preset: Preset): boolean => DEFINITIONS[preset].needsToken;

/** Whether messages are signed: hosts that build sites check no signature. */
export const signs = (preset: Preset): boolean => DEFINITIONS[preset].isSigned;
