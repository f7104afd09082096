/** What a host says about one build of a site. */
export interface BuildReport {
  /** Of the build, as the host calls it; unique among those of a hook. */
  build: string;
  /** `canceled`: it ended without being live, and without a fault. */
  state: 'building' | 'live' | 'failed' | 'canceled';
  /** When the host began: the build contains what was published before. Absent if the host does not say it. */
  createdAt?: Date | undefined;
  /** Position in the change feed up to which the build read the content; only our own receivers know it. */
  cursor?: string | undefined;
  /** Address of what was deployed. */
  url?: string | undefined;
  /** Where people read what happened. */
  logUrl?: string | undefined;
  /** Why it failed. */
  reason?: string | undefined;
}

/** A message of a host: its headers have names in lower case, and its body is JSON that was checked to be from it. */
export interface HostMessage {
  headers: Readonly<Record<string, string | undefined>>;
  body: unknown;
}

/** @returns Nothing for a message that is about no build of this site's readers, such as a preview. */
export type ReadReport = (message: HostMessage) => BuildReport | undefined;
