import { run } from '..';
import { createCheckout, type Checkout } from '../export/testing/checkout';

let app: Checkout;

beforeEach(() => {
  app = createCheckout();
  const shape = { collection: 'articles', contentType: 'x', files: ['{slug}.md'] };
  app.write('src/api/article/frontmatter.js', `exports.shape = ${JSON.stringify(shape)};`);
  app.write('content/a.md', 'A\n');
});

afterEach(() => app.drop());

async function runExport(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await run(['export', ...args], {
    appDir: app.dir,
    workingDir: app.dir,
    output: { out: (line) => out.push(line), err: (line) => err.push(line) },
  });
  return { exitCode, out, err: err.join('\n') };
}

test.each([
  ['a folder that is not there', ['nowhere'], /There is no folder '.*nowhere': check the path/],
  ['a file for a folder', ['content/a.md'], /'.*content\/a\.md' is not a folder: name the one/],
  ['no folder', [], /missing required argument 'dir'/],
  ['two folders', ['content', 'content'], /too many arguments/],
  ['an unknown collection', ['content', '--collection', 'b'], /There is no collection 'b'/],
  ['an unknown option', ['content', '--now'], /unknown option '--now'/],
])('%s is wrong usage, explained before the application is loaded', async (_, args, message) => {
  const { exitCode, out, err } = await runExport(...args);

  expect(exitCode).toBe(2);
  expect(out).toEqual([]);
  expect(err).toMatch(message);
});
