import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findDistDir } from './application';

let appDir: string;

beforeEach(() => {
  appDir = mkdtempSync(path.join(tmpdir(), 'roadmap-cms-dist-'));
});

afterEach(() => rmSync(appDir, { recursive: true }));

const inTypeScript = () => writeFileSync(path.join(appDir, 'tsconfig.json'), '{}');

test('an application in TypeScript runs from its build', () => {
  inTypeScript();
  mkdirSync(path.join(appDir, 'dist/src'), { recursive: true });

  expect(findDistDir(appDir)).toBe(path.join(appDir, 'dist'));
});

test('an application in JavaScript runs as it is', () => {
  mkdirSync(path.join(appDir, 'src'));

  expect(findDistDir(appDir)).toBe(appDir);
});

test('without a build, or in another folder, the error says what to do', () => {
  expect(() => findDistDir(appDir)).toThrow(/holds no Strapi application: run this in the folder/);
  inTypeScript();
  expect(() => findDistDir(appDir)).toThrow(/holds no built application: run npm run build/);
});
