import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { createMessage, presetRequest, readReport } from '../../src/plugins/deploy-hooks/core';
import { readBlocks } from '../helpers/documented-commands';

const PROJECT_DIR = path.resolve(__dirname, '..', '..');
const SAMPLE = /\.(mjs|ts|astro)$/;

const readText = (file: string): string => readFileSync(path.join(PROJECT_DIR, file), 'utf8');

const filesIn = (folder: string): string[] =>
  readdirSync(path.join(PROJECT_DIR, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
    path.join(folder, file)
  );

const samplesIn = (folder: string): string[] =>
  filesIn(folder)
    .filter(
      (file) => SAMPLE.test(file) && !/\/(node_modules|\.astro|\.builds|dist)(\/|$)/.test(file)
    )
    .map(readText);

/** The pages that people read first, and the guides. */
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...filesIn('docs'),
].filter((file) => file.endsWith('.md'));

const codeOf = (guide: string): string[] =>
  ['js', 'ts', 'astro'].flatMap((language) => readBlocks(guide, language));

test('docs/deploy-hooks/generic.md quotes the receiver that the tests run, and no other code', () => {
  expect(codeOf('docs/deploy-hooks/generic.md')).toEqual(samplesIn('examples/deploy-hooks'));
});

test('docs/frontends.md quotes each sample, files of the example site, and no other code', () => {
  const code = codeOf('docs/frontends.md');
  const known = [...samplesIn('examples/frontends'), ...samplesIn('examples/site')];

  expect(code).toEqual(expect.arrayContaining(samplesIn('examples/frontends')));
  for (const block of code) expect([...known, readText('config/admin.ts')]).toContain(block);
});

test('the report of the guide is one that the CMS understands', () => {
  const message = JSON.parse(readBlocks('docs/deploy-hooks/generic.md', 'json')[1] ?? '');

  expect(readReport('generic', { headers: {}, body: message })).toEqual({
    ...message.data,
    startedAt: undefined,
    createdAt: new Date(message.data.startedAt),
    state: 'live',
  });
});

/** `// src/api/…` above a block names its file, in the blog that `pack:check` installs or here. */
test('docs/shapes.md quotes the shapes that pack:check runs', () => {
  const blocks = readBlocks('docs/shapes.md', 'ts');
  const quoted = blocks.map((block) => {
    const [, name = '', code = ''] = /^\/\/ (\S+)\n([^]*)$/.exec(block) ?? [];
    const inBlog = path.join('tests/pack/blog', name);
    return { name, code, file: existsSync(path.join(PROJECT_DIR, inBlog)) ? inBlog : name };
  });

  expect(quoted).toHaveLength(3);
  for (const { file, code } of quoted) expect(code).toBe(readText(file));
});

test('the receiver of the guide has at most 60 lines', () => {
  const [receiver = ''] = samplesIn('examples/deploy-hooks');

  expect(receiver.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
});

test.each(['docs/deploy-hooks/generic.md', 'src/plugins/deploy-hooks/README.md'])(
  'the message of %s is one that the CMS creates',
  (page) => {
    const message = JSON.parse(readBlocks(page, 'json')[0] ?? '');

    const made = createMessage({
      type: 'content.changed',
      timestamp: new Date('2026-05-01T12:00:00Z'),
      from: { seq: 14, token: '9b0c44d1' },
      to: { seq: 17, token: 'f3a96c1e' },
      changes: message.data.changes,
    });

    expect(message).toEqual(made);
  }
);

test('the workflow of the guide listens to the event that GitHub is sent, and ignores tests', () => {
  const [block = ''] = readBlocks('docs/deploy-hooks/github.md', 'yaml');
  const workflow = parse(block);
  const message = createMessage({
    type: 'test',
    timestamp: new Date(),
    from: { seq: 0, token: '' },
    to: { seq: 0, token: '' },
    changes: [],
  });

  const { event_type: type, client_payload: payload } = JSON.parse(
    presetRequest('github', message).body ?? ''
  );

  expect(workflow.on.repository_dispatch.types).toEqual([type]);
  expect(workflow.jobs.build.if).toBe(`github.event.client_payload.type != '${payload.type}'`);
  expect(block).toContain('github.event.client_payload.data.cursor.to');
  expect(payload.data.cursor).toHaveProperty('to');
});

const OF_PLUGINS = /\b(?:FRONTMATTER|DEPLOY_HOOKS)_[A-Z_]+/g;
const namesIn = (text: string, pattern: RegExp) => new Set(text.match(pattern));

test.each(['docs/operators.md', '.env.example'])(
  '%s names each variable that the plugins read, and no others',
  (file) => {
    const names = namesIn(readText(file), OF_PLUGINS);

    expect(names).toEqual(namesIn(readText('config/plugins.ts'), OF_PLUGINS));
  }
);

test('.env.example has at most 20 variables', () => {
  expect(namesIn(readText('.env.example'), /(?<=^(?:# )?)[A-Z_]+(?==)/gm).size).toBeLessThanOrEqual(
    20
  );
});

test.each(['frontmatter', 'deploy-hooks'])(
  'the table of settings names each setting of %s that is not a variable, and no others',
  (plugin) => {
    const schema = readText(`src/plugins/${plugin}/server/src/config/index.ts`);
    const [, settings = ''] = /strictObject\(\{(.*?)^\}\);/ms.exec(schema) ?? [];
    const variables = namesIn(readText('config/plugins.ts'), /^ {6}\w+(?=:)/gm);
    const all = namesIn(settings, /^ {2}\w+(?=:)/gm);
    const documented = namesIn(
      readText('docs/operators.md'),
      new RegExp(`(?<=\\| \`${plugin}\` +\\| \`)\\w+`, 'g')
    );

    const trimmed = (names: Set<string>) => [...names].map((name) => name.trim());
    expect([...documented].sort()).toEqual(
      trimmed(all)
        .filter((name) => !trimmed(variables).includes(name))
        .sort()
    );
  }
);

/** Returns the anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsIn = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

test('links of the guides have a target', () => {
  const broken = PAGES.flatMap((page) =>
    [...readText(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].flatMap(
      ([link, target = '', anchor]) => {
        const file = target ? path.join(path.dirname(page), target) : page;
        const isThere =
          existsSync(path.join(PROJECT_DIR, file)) &&
          (!anchor || anchorsIn(readText(file)).includes(anchor));
        return isThere ? [] : [`${page}: ${link}`];
      }
    )
  );

  expect(broken).toEqual([]);
});

/** Paths of the repository in backticks, up to the first part that is a pattern: `src/api/*`. */
const pathsIn = (text: string): string[] =>
  [...text.matchAll(/`((?:src|tests|docs|config|scripts)\/[^`\s]*)`/g)].map(([, file = '']) =>
    file.replace(/[^/]*[*<{…].*$/, '')
  );

test('paths that the documents name exist', () => {
  const named = PAGES.flatMap((page) => pathsIn(readText(page)).map((file) => ({ page, file })));

  expect(named.length).toBeGreaterThan(0);
  expect(named.filter(({ file }) => !existsSync(path.join(PROJECT_DIR, file)))).toEqual([]);
});
