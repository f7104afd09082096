import type { Preset } from '../../../core';

interface PresetFields {
  isSigned: boolean;
  hasToken: boolean;
  /** Who reports builds: the host, signed with its own secret, or a receiver, with the hook's. */
  reports: 'host' | 'receiver' | 'none';
  /** Whether any request starts a build; GitHub's workflow and our receivers recognize tests. */
  buildsForTests: boolean;
}

/** What the sites of a preset have in addition to their address. */
export const PRESET_FIELDS: Record<Preset, PresetFields> = {
  generic: { isSigned: true, hasToken: false, reports: 'receiver', buildsForTests: false },
  netlify: { isSigned: false, hasToken: false, reports: 'host', buildsForTests: true },
  vercel: { isSigned: false, hasToken: false, reports: 'host', buildsForTests: true },
  'cloudflare-pages': { isSigned: false, hasToken: false, reports: 'none', buildsForTests: true },
  github: { isSigned: false, hasToken: true, reports: 'host', buildsForTests: false },
};

// Importing the core's own list would bundle the core of the change feed into the panel.
export const PRESETS = Object.keys(PRESET_FIELDS) as Preset[];
