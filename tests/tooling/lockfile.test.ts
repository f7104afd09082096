import { readFileSync } from 'node:fs';
import path from 'node:path';

interface LockedPackage {
  optionalDependencies?: Record<string, string>;
  resolved?: string;
}

const lockfile = path.resolve(__dirname, '..', '..', 'package-lock.json');
const { packages } = JSON.parse(readFileSync(lockfile, 'utf8')) as {
  packages: Record<string, LockedPackage>;
};

/** npm omits what it did not install, and then `npm ci` fails on other platforms. */
test('the lock file names the binaries of every platform, not only of the one that wrote it', () => {
  const missing = Object.entries(packages).flatMap(([location, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isReachable(location, name))
      .map((name) => `${location} → ${name}`)
  );

  expect(missing).toEqual([]);
});

test('the lock file contains no download URL', () => {
  const addresses = Object.values(packages).filter(({ resolved }) => resolved?.startsWith('http'));

  expect(addresses).toEqual([]);
});

/** Whether Node finds a package in the node_modules of a folder or of one above it. */
function isReachable(location: string, name: string): boolean {
  for (let folder = location; ; folder = folder.slice(0, folder.lastIndexOf('/node_modules/'))) {
    if (packages[`${folder}/node_modules/${name}`.replace(/^\//, '')]) return true;
    if (!folder.includes('/node_modules/')) return Boolean(packages[`node_modules/${name}`]);
  }
}
