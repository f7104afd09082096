import type { Preset } from '../../../core';

/** What the sites of a preset have besides their address. */
export const PRESET_FIELDS: Record<Preset, { isSigned: boolean; hasToken: boolean }> = {
  generic: { isSigned: true, hasToken: false },
  netlify: { isSigned: false, hasToken: false },
  vercel: { isSigned: false, hasToken: false },
  'cloudflare-pages': { isSigned: false, hasToken: false },
  github: { isSigned: false, hasToken: true },
};

// The core's own list would bring the core of the change feed into the panel.
export const PRESETS = Object.keys(PRESET_FIELDS) as Preset[];
