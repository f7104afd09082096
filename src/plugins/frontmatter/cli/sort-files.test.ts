import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FileShape } from './find-files';
import { sortFiles } from './sort-files';

const keys = (...names: string[]) =>
  names.map((name) => ({ name: name.replace('!', ''), required: name.endsWith('!') }));

const SHAPES: FileShape[] = [
  {
    collection: 'courses',
    files: ['{slug}/{slug}.md', '{slug}.md'],
    topKeys: keys('title!', 'level!', 'description', 'tags'),
  },
  {
    collection: 'posts',
    files: ['{slug}.md'],
    topKeys: keys('title!', 'author', 'date', 'description', 'tags'),
  },
];

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-sort-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function write(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

const post = '---\ntitle: a\nauthor: b\n---\n';
const course = '---\ntitle: a\nlevel: 1\n---\n';

async function sort(...names: string[]): Promise<Record<string, string[]>> {
  const groups = await sortFiles(
    SHAPES,
    names.map((name) => path.join(folder, name))
  );
  return Object.fromEntries(
    groups.map(({ shape, found }) => [
      shape.collection,
      found.files.map(({ file }) => path.relative(folder, file)),
    ])
  );
}

test('each file belongs to the collection whose keys it holds', async () => {
  await write({ 'a.md': post, 'b.md': course, 'c/c.md': course });

  expect(await sort('.')).toEqual({ courses: ['b.md', 'c/c.md'], posts: ['a.md'] });
});

test('several paths can be of several collections', async () => {
  await write({ 'posts/a.md': post, 'courses/b.md': course });

  expect(await sort('posts', 'courses')).toEqual({
    courses: ['courses/b.md'],
    posts: ['posts/a.md'],
  });
  expect(await sort('posts/a.md')).toEqual({ posts: ['posts/a.md'] });
});

test('an undecided or unreadable file belongs to the collection of its neighbors', async () => {
  const either = '---\ndescription: c\n---\n';
  await write({
    'posts/a.md': post,
    'posts/either.md': either.replace('description', 'title'),
    'posts/broken.md': '---\ntitle: [\n---\n',
    'courses/b.md': course,
    'courses/broken.md': 'no frontmatter',
  });

  expect(await sort('posts', 'courses')).toEqual({
    courses: ['courses/b.md', 'courses/broken.md'],
    posts: ['posts/a.md', 'posts/broken.md', 'posts/either.md'],
  });
});

test('a file that fits either collection and has no others around it is wrong usage', async () => {
  await write({ 'a.md': '---\nlevel: 1\nauthor: b\n---\n' });

  await expect(sort('.')).rejects.toThrow(
    /a\.md may belong to courses or posts: name one of them with --collection$/
  );
});

test('an empty folder and a missing path are reported once', async () => {
  await write({ 'text/note.txt': '' });
  const groups = await sortFiles(SHAPES, [path.join(folder, 'text'), path.join(folder, 'none')]);

  expect(groups).toHaveLength(1);
  expect(groups[0]?.found.unreadable).toEqual([
    { file: path.join(folder, 'none'), reason: 'no such file or folder: check the path' },
  ]);
});
