export interface PluginConfig {
  /**
   * IANA time zone in which a day begins and ends, for `dateModified` and `datePublished`.
   * @default 'UTC'
   */
  timeZone: string;
}

export default {
  default: { timeZone: 'UTC' } satisfies PluginConfig,
  validator({ timeZone }: PluginConfig) {
    try {
      new Intl.DateTimeFormat('en', { timeZone });
    } catch {
      throw new Error(
        `FRONTMATTER_TIME_ZONE is '${timeZone}', which is no time zone: use a name such as UTC or Europe/Berlin`
      );
    }
  },
};
