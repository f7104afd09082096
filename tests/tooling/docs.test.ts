import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const PROJECT_DIR = path.resolve(__dirname, '..', '..');
const SAMPLES_DIR = path.join(PROJECT_DIR, 'examples', 'frontends');
const SAMPLE = /\.(mjs|ts|astro)$/;

const samples = readdirSync(SAMPLES_DIR, { recursive: true, encoding: 'utf8' })
  .filter((file) => SAMPLE.test(file))
  .map((file) => readFileSync(path.join(SAMPLES_DIR, file), 'utf8'));

test('the guide for frontends quotes each sample that the tests run, and no other code', () => {
  const guide = readFileSync(path.join(PROJECT_DIR, 'docs', 'frontends.md'), 'utf8');

  const quoted = [...guide.matchAll(/^```(?:js|ts|astro)\n(.*?)^```$/gms)].map(([, code]) => code);

  expect(quoted.sort()).toEqual(samples.sort());
});
