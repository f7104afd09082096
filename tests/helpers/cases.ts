import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { PROJECT_DIR } from './cms';

/** Real roadmap files that belong to others and are not part of this project. */
const CASES_DIR = path.resolve(PROJECT_DIR, '..', 'shared', 'cases');

export const ROADMAP_CASES_DIR = path.join(CASES_DIR, 'roadmaps');
export const SEED_FILE = path.join(CASES_DIR, 'seed', 'backend.md');
/** Returns the path of a small input that once failed. */
export const faultFile = (name: string): string => path.join(CASES_DIR, 'faults', name);

/** Like `describe`, but skips with the reason if the case files are missing. */
export function describeWithCases(title: string, tests: () => void): void {
  if (existsSync(CASES_DIR)) {
    describe(title, tests);
    return;
  }
  console.warn(`skipped '${title}': ${CASES_DIR} is not there`);
  test.skip(`${title} (the case files are not there)`, () => {});
}

export const caseSlugs = (): string[] => readdirSync(ROADMAP_CASES_DIR).sort();

export const caseFile = (slug: string): string => path.join(ROADMAP_CASES_DIR, slug, `${slug}.md`);

/** Returns the frontmatter of a file as a YAML parser reads it. */
export const frontmatterOf = (file: string) => parse(file.split(/^---$/m)[1] ?? '');

export const withoutRepeats = (items: string[] | undefined) => items && [...new Set(items)];
