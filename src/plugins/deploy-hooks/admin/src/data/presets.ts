import type { Preset } from '../../../core';

interface PresetFields {
  isSigned: boolean;
  hasToken: boolean;
  /** Whether its host reports builds, signed with a secret of the host's or with that of the hook. */
  reports: 'host' | 'receiver' | 'none';
  /** The host builds whatever it is sent; GitHub's workflow and our receivers can tell a test. */
  buildsForTests: boolean;
}

/** What the sites of a preset have besides their address. */
export const PRESET_FIELDS: Record<Preset, PresetFields> = {
  generic: { isSigned: true, hasToken: false, reports: 'receiver', buildsForTests: false },
  netlify: { isSigned: false, hasToken: false, reports: 'host', buildsForTests: true },
  vercel: { isSigned: false, hasToken: false, reports: 'host', buildsForTests: true },
  'cloudflare-pages': { isSigned: false, hasToken: false, reports: 'none', buildsForTests: true },
  github: { isSigned: false, hasToken: true, reports: 'host', buildsForTests: false },
};

// The core's own list would bring the core of the change feed into the panel.
export const PRESETS = Object.keys(PRESET_FIELDS) as Preset[];
