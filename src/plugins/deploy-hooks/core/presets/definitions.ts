import type { Preset } from '../hook';
import { cloudflarePages } from './cloudflare-pages';
import { generic } from './generic';
import { github } from './github';
import { netlify } from './netlify';
import type { PresetDefinition } from './preset';
import { vercel } from './vercel';

export const DEFINITIONS: Readonly<Record<Preset, PresetDefinition>> = {
  generic,
  netlify,
  vercel,
  'cloudflare-pages': cloudflarePages,
  github,
};
