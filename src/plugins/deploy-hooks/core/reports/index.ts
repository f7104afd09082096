import type { Preset } from '../hook';
import { readGeneric, reportProblem } from './generic';
import { readGithub } from './github';
import { readNetlify } from './netlify';
import type { ReadReport } from './report';
import { readVercel } from './vercel';

export { reportProblem };
export { concernsDelivery, type KnownBuild } from './judge';
export type { BuildReport, HostMessage } from './report';

/** Hosts that report in their own format, signed with their own secret. */
const HOSTS: Partial<Record<Preset, ReadReport>> = {
  netlify: readNetlify,
  vercel: readVercel,
  github: readGithub,
};

/** Whether reports of a host are signed with a secret that is entered for them. */
export const hasReportSecret = (preset: Preset): boolean => HOSTS[preset] !== undefined;

export const readReport = (preset: Preset, ...message: Parameters<ReadReport>) =>
  (HOSTS[preset] ?? readGeneric)(...message);
