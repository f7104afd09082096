import { needsToken, PRESETS as PRESETS_OF_CORE, signs } from '../../../core';
import { PRESET_FIELDS, PRESETS } from './presets';

test('the panel knows the presets of the core, and what each of them has', () => {
  expect(PRESETS).toEqual(PRESETS_OF_CORE);
  for (const preset of PRESETS) {
    const { isSigned, hasToken } = PRESET_FIELDS[preset];
    expect([preset, { isSigned, hasToken }]).toEqual([
      preset,
      { isSigned: signs(preset), hasToken: needsToken(preset) },
    ]);
  }
});

test('hosts that cannot distinguish a test from a change build for either', () => {
  const builds = PRESETS.filter((preset) => PRESET_FIELDS[preset].buildsForTests);
  expect(builds).toEqual(['netlify', 'vercel', 'cloudflare-pages']);
});
