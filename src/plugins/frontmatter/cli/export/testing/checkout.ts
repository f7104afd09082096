import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Shape } from '../../../core';
import type { Departure, Exporter } from '../../../shared';
import { exportIntoFolder } from '../export-folder';
import { openFolder } from '../folder';
import type { ExportReport } from '../report';

/** A folder on the real disk. */
export interface Checkout {
  dir: string;
  path(...names: string[]): string;
  write(name: string, content: string | Buffer): string;
  read(name: string): string;
  /** All files and links below the folder, with forward slashes, sorted; folders only if empty. */
  list(): string[];
  drop(): void;
}

export function createCheckout(parent = tmpdir()): Checkout {
  const dir = realpathSync(mkdtempSync(path.join(parent, 'roadmap-cms-export-')));
  const inDir = (...names: string[]) => path.join(dir, ...names);
  return {
    dir,
    path: inDir,
    write(name, content) {
      const file = inDir(name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
    read: (name) => readFileSync(inDir(name), 'utf8'),
    list: () => namesIn(dir, ''),
    drop: () => rmSync(dir, { recursive: true, force: true }),
  };
}

function namesIn(dir: string, below: string): string[] {
  const names = readdirSync(path.join(dir, below)).sort();
  if (names.length === 0 && below !== '') return [`${below}/`];
  return names.flatMap((name) => {
    const relative = path.posix.join(below, name);
    return lstatSync(path.join(dir, relative)).isDirectory() ? namesIn(dir, relative) : [relative];
  });
}

/** The part of a shape that an export needs. */
export const shape = {
  collection: 'articles',
  files: ['{slug}/{slug}.md', '{slug}.md'],
} as unknown as Shape;

export interface Content {
  /** Published, by slug. */
  texts?: Record<string, string>;
  departures?: Departure[];
  /** Texts that the CMS once imported or served, by slug; absent: any text of a published slug. */
  known?: Record<string, string[]>;
}

/** Creates an exporter in memory. */
export function createExporter({ texts = {}, departures = [], known = {} }: Content): Exporter {
  return {
    async *texts() {
      for (const slug of Object.keys(texts).sort()) yield { slug, text: texts[slug] ?? '' };
    },
    departures: async (_collection, slugs) => departures.filter(({ slug }) => slugs.includes(slug)),
    isKnownText: async (_collection, slug, text) => known[slug]?.includes(text) ?? slug in texts,
  };
}

export interface TestedExport extends ExportReport {
  /** `updated a/a.md` for each file, below the checkout. */
  actions: string[];
  /** `a/a.md code: message` for each issue. */
  findings: string[];
  /** Lines of all diffs. */
  diff: string[];
}

export async function exportInto(
  checkout: Checkout,
  content: Content,
  options: { check?: boolean; prune?: boolean; force?: boolean; dir?: string } = {}
): Promise<TestedExport> {
  const diff: string[] = [];
  const folder = await openFolder(options.dir ?? checkout.dir);
  const report = await exportIntoFolder({
    folder,
    shape,
    exporter: createExporter(content),
    check: options.check ?? false,
    prune: options.prune ?? false,
    force: options.force ?? false,
    onDiff: (lines) => diff.push(...lines),
  });
  const shown = (file: string) => path.relative(folder.name, file).replaceAll(path.sep, '/');
  return {
    ...report,
    actions: report.files.map(({ action, file, from }) =>
      [action, ...(from === undefined ? [] : [shown(from), '→']), shown(file)].join(' ')
    ),
    findings: report.files.flatMap(({ file, issues }) =>
      issues.map(({ code, message }) => `${shown(file)} ${code}: ${message}`)
    ),
    diff,
  };
}
