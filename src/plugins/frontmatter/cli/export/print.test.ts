import { fileIssue } from '../../core';
import type { SkippedFile } from '../skipped';
import { printExport } from './print';
import type { ExportedFile, ExportReport } from './report';

const buildFile = (overrides: Partial<ExportedFile>): ExportedFile => ({
  file: 'a/a.md',
  slug: 'a',
  action: 'unchanged',
  issues: [],
  ...overrides,
});

const buildReport = (
  files: Partial<ExportedFile>[],
  overrides: Partial<ExportReport> = {}
): ExportReport => ({ files: files.map(buildFile), unknown: 0, skipped: [], ...overrides });

function print(
  report: ExportReport,
  options: { check?: boolean; json?: boolean; verbose?: boolean } = {}
) {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = printExport(
    report,
    { out: (line) => out.push(line), err: (line) => err.push(line) },
    { check: false, json: false, verbose: false, ...options }
  );
  return { exitCode, out, err };
}

const issues = [fileIssue('departed', 'the document was deleted in the CMS: remove the file')];

const README = { file: 'README.md', reason: 'name' } as const;

test('sums up documents by action, then the other files', () => {
  const report = buildReport(
    [
      {},
      { action: 'updated' },
      {},
      { action: 'created' },
      { file: 'old/old.md', action: 'departed', reason: 'deleted', issues },
    ],
    { unknown: 3, skipped: Array.from({ length: 5007 }, () => README) }
  );

  expect(print(report)).toEqual({
    exitCode: 1,
    out: [
      'Exported 4 documents: 1 created, 1 updated, 2 unchanged; 1 file of a deleted document; 3 files the CMS does not know; 5,007 other .md files left alone',
    ],
    err: ['old/old.md:1:1 the document was deleted in the CMS: remove the file'],
  });
});

test('names every kind of file', () => {
  const report = buildReport(
    [
      { action: 'moved' },
      { action: 'failed' },
      { action: 'departed', reason: 'unpublished' },
      { action: 'departed', reason: 'renamed' },
      { action: 'departed', reason: 'renamed' },
      { action: 'removed', reason: 'deleted' },
      { action: 'duplicate' },
      { action: 'unreadable' },
    ],
    { unknown: 1 }
  );

  expect(print(report).out).toEqual([
    'Exported 2 documents: 1 moved, 1 failed; 1 file of an unpublished document; 2 files of renamed documents; 1 file removed; 1 second file of a document; 1 folder that cannot be read; 1 file the CMS does not know',
  ]);
});

test('exits with 0 if there are no findings', () => {
  const done = (['created', 'updated', 'moved', 'unchanged', 'removed'] as const).map((action) => ({
    action,
  }));

  expect(print(buildReport(done)).exitCode).toBe(0);
  expect(print(buildReport([])).out).toEqual(['Exported 0 documents']);
});

describe('check', () => {
  test('lists what would be created, removed and moved', () => {
    const report = buildReport([
      { action: 'created' },
      { action: 'moved', file: 'new/new.md', from: 'old/old.md' },
      { action: 'removed', file: 'gone.md' },
    ]);

    expect(print(report, { check: true })).toEqual({
      exitCode: 1,
      out: [
        'would create a/a.md',
        'would move old/old.md to new/new.md',
        'would remove gone.md',
        'Would export 2 documents: 1 created, 1 moved; 1 file removed',
      ],
      err: [],
    });
  });

  test.each(['created', 'updated', 'moved', 'removed', 'departed'] as const)(
    'exits with 1 if something is %s',
    (action) => {
      expect(print(buildReport([{}, { action }]), { check: true }).exitCode).toBe(1);
    }
  );

  test('exits with 0 if nothing differs, whatever else is in the folder', () => {
    const report = buildReport([{}], { unknown: 2, skipped: [README] });

    expect(print(report, { check: true }).exitCode).toBe(0);
  });
});

test('json prints only the report, with findings to err', () => {
  const report = buildReport([{ action: 'departed', reason: 'deleted', issues }], {
    skipped: [README],
  });

  const { out, err, exitCode } = print(report, { json: true, check: true });

  expect(exitCode).toBe(1);
  expect(JSON.parse(out.join('\n'))).toEqual({ ...report, leftAlone: 1 });
  expect(err).toHaveLength(1);
});

test('skipped files are counted by reason, and listed on request', () => {
  const skipped: SkippedFile[] = [
    README,
    { file: 'a.mdx', reason: 'extension' },
    { file: 'b.MD', reason: 'extension' },
    { file: 'c.md', reason: 'link' },
  ];
  const report = buildReport([{}], { skipped });

  expect(print(report).out).toEqual([
    'Exported 1 document: 1 unchanged; 1 other .md files left alone; 2 skipped (an extension other than .md); 1 skipped (symbolic link, which is not followed)',
  ]);
  expect(print(report).err).toEqual([]);
  expect(print(report, { verbose: true }).err).toEqual([
    'README.md: skipped (not named like a document of the collection)',
    'a.mdx: skipped (an extension other than .md)',
    'b.MD: skipped (an extension other than .md)',
    'c.md: skipped (symbolic link, which is not followed)',
  ]);
});
