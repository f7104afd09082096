/** What a host says about one build of a site. */
export interface BuildReport {
  /** Id of the build at the host; unique among the builds of a hook. */
  build: string;
  /** `canceled`: it ended without being live, and without a fault. */
  state: 'building' | 'live' | 'failed' | 'canceled';
  /** When the host began, if it says so: the build contains what was published before. */
  createdAt?: Date | undefined;
  /** Position up to which the build read the change feed; only self-hosted receivers know it. */
  cursor?: string | undefined;
  /** Address of what was deployed. */
  url?: string | undefined;
  /** Where people can read what happened. */
  logUrl?: string | undefined;
  /** Why it failed. */
  reason?: string | undefined;
}

/** A verified message: headers with names in lower case, and the parsed JSON body. */
export interface HostMessage {
  headers: Readonly<Record<string, string | undefined>>;
  body: unknown;
}

/** @returns `undefined` if the message is not about a build that readers see, such as a preview. */
export type ReadReport = (message: HostMessage) => BuildReport | undefined;
