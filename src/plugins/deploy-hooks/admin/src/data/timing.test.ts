import { DEFAULT_TIMING } from '../../../core';
import { USUAL_TIMING } from './timing';

test('the panel knows the usual periods of the server', () => {
  expect(USUAL_TIMING).toEqual(DEFAULT_TIMING);
});
