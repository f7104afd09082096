import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const PROJECT_DIR = path.resolve(__dirname, '..', '..');

/** Words that our texts must not use, and what to write instead. */
const INSTEAD: [old: RegExp, now: string][] = [
  [/\b(un)?told\b|\btells?\b/i, 'notify, send, ask, by default, distinguish'],
  [/\b(given|gives?|giving) out\b|\bgivable\b/i, 'serve, publish, publishable'],
  [/\bt(ake|akes|aken|aking|ook) in\b/i, 'import'],
  [/\bstands?\b/i, 'is, is listed'],
  [/(?<!\bthere )\b(is|are) no (?!longer\b)/i, 'is not a …'],
  [/\b(anew|besides|wholly|whoever|of its own)\b/i, 'again, also, completely, anyone who, own'],
  [/\bmend(s|ed)?\b/i, 'fix'],
  [/\brefus(e|es|ed|al)\b/i, 'reject'],
];

/** Words of others, and terms that readers know. */
const ALLOWED = [
  'Refusal', // a component of the OpenAPI document
  'connections that are refused or reset', // ECONNREFUSED
  'refuses to start',
  'refuse to run',
  '"Go from', // a sample
  'stand up, once',
  'stand for',
  'stands for',
];

/** Whether a text is a key of translations or the kind of a result: lower case, no space. */
const isIdentifier = (text: string): boolean => /^[a-z][\w.:-]*$/.test(text);

function faultsIn(text: string): string[] {
  const own = ALLOWED.reduce((rest, allowed) => rest.replaceAll(allowed, ''), text);
  return INSTEAD.flatMap(([old, now]) => {
    const [found] = old.exec(own) ?? [];
    return found === undefined ? [] : [`'${found}': use ${now}`];
  });
}

/** Returns the texts of a module by line: comments, strings, parts of templates, and JSX text. */
function textsOf(name: string, code: string): [line: number, text: string][] {
  const file = ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true);
  const texts: [number, string][] = [];
  const lineOf = (position: number): number =>
    file.getLineAndCharacterOfPosition(position).line + 1;
  const comments = new Map<number, string>();
  const visit = (node: ts.Node): void => {
    for (const { pos, end } of [
      ...(ts.getLeadingCommentRanges(code, node.pos) ?? []),
      ...(ts.getTrailingCommentRanges(code, node.end) ?? []),
    ]) {
      comments.set(pos, code.slice(pos, end));
    }
    const isText =
      ts.isStringLiteralLike(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isJsxText(node);
    const isPath = ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent);
    if ((isText || node.kind === ts.SyntaxKind.TemplateHead) && !isPath) {
      const { text } = node as ts.LiteralLikeNode;
      if (!isIdentifier(text)) texts.push([lineOf(node.getStart()), text]);
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  for (const [position, comment] of comments) {
    comment.split('\n').forEach((line, index) => texts.push([lineOf(position) + index, line]));
  }
  return texts;
}

/** Returns the prose of a page by line, without code. */
const proseOf = (page: string): [number, string][] => {
  let isCode = false;
  return page.split('\n').flatMap((line, index): [number, string][] => {
    if (line.startsWith('```')) isCode = !isCode;
    return isCode ? [] : [[index + 1, line.replaceAll(/`[^`]*`|\]\([^)]*\)/g, '')]];
  });
};

function textsIn(name: string, content: string): [number, string][] {
  if (/\.(ts|tsx|js|mjs)$/.test(name)) return textsOf(name, content);
  if (name.endsWith('.json')) {
    return Object.values(JSON.parse(content) as Record<string, string>).map((text) => [0, text]);
  }
  return proseOf(content);
}

const OURS = ['src/**/*.ts', 'src/**/*.tsx', 'src/**/translations/*.json', 'scripts', 'config'];
const PAGES = ['*.md', 'docs/**/*.md', '.env.example', 'Dockerfile', 'compose.yaml'];

const files = execFileSync('git', ['ls-files', '-z', ...OURS, ...PAGES], {
  cwd: PROJECT_DIR,
  encoding: 'utf8',
})
  .split('\0')
  .filter((name) => name && !/\.test\.ts$|\/testing\/|^examples\/|^docs\/decisions\//.test(name));

test('texts use the preferred words', () => {
  const found = files.flatMap((name) =>
    textsIn(name, readFileSync(path.join(PROJECT_DIR, name), 'utf8')).flatMap(([line, text]) =>
      faultsIn(text).map((fault) => `${name}:${line} ${fault}`)
    )
  );

  expect(files.length).toBeGreaterThan(400);
  expect(found).toEqual([]);
});

test.each([
  ['a.ts', "log('the site is told');", "1 'told': use notify"],
  ['a.ts', 'log(`${name} is no slug`);', "1 'is no ': use is not a …"],
  ['a.ts', 'const a = 1;\n/**\n * Is told.\n */\nconst b = 2;', "3 'told': use notify"],
  ['a.ts', 'f(a /* taken in */, b); // fine', "1 'taken in': use import"],
  ['a.tsx', '<p>It stands there</p>;', "1 'stands': use is"],
  ['en.json', '{ "key": "Write it anew" }', "0 'anew': use again"],
  ['a.md', 'Text\n\nWhoever reads', "3 'Whoever': use again"],
])('the check finds a word to avoid in %s: %s', (name, content, expected) => {
  const found = textsIn(name, content).flatMap(([line, text]) =>
    faultsIn(text).map((fault) => `${line} ${fault}`)
  );

  expect(found).toEqual([expect.stringContaining(expected)]);
});

test.each([
  ['a.ts', "import { refused } from './refused';"],
  ['a.ts', "return { kind: 'refused' };"],
  ['a.ts', 'log(`there is no ${slug}`);'],
  ['a.md', '```\nit is told\n```\n`told`'],
])('and none in %s: %s', (name, content) => {
  expect(textsIn(name, content).flatMap(([, text]) => faultsIn(text))).toEqual([]);
});
