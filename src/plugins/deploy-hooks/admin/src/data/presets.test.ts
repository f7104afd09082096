import { needsToken, PRESETS as PRESETS_OF_CORE, signs } from '../../../core';
import { PRESET_FIELDS, PRESETS } from './presets';

test('the panel knows the presets of the core, and what each of them has', () => {
  expect(PRESETS).toEqual(PRESETS_OF_CORE);
  for (const preset of PRESETS) {
    expect([preset, PRESET_FIELDS[preset]]).toEqual([
      preset,
      { isSigned: signs(preset), hasToken: needsToken(preset) },
    ]);
  }
});
