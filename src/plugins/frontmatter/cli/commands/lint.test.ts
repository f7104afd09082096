import path from 'node:path';
import { run } from '..';
import { createCheckout } from '../export/testing/checkout';

test('links to another collection are not searched for among the files of this one', async () => {
  const app = createCheckout();
  const core = JSON.stringify(path.resolve(__dirname, '../../core'));
  const shape = `defineShape({
    collection: 'articles', contentType: 'api::article.article', slug: 'slug', body: 'body',
    source: 'source', files: ['{slug}.md'],
    keys: {
      related: links({ target: 'api::article.article', orderAttribute: 'relatedOrder' }),
      books: links({ target: 'api::book.book', orderAttribute: 'bookOrder' }),
    },
    dates: { published: 'a', modified: 'b', override: 'c', minorEdit: 'd', relevant: [] },
  })`;
  app.write(
    'src/api/article/frontmatter.js',
    `const { defineShape, links } = require(${core}); exports.shape = ${shape};`
  );
  app.write('content/a.md', '---\nrelated: [not-here]\nbooks: [a, b]\n---\n');
  app.write('content/b.md', '---\n---\n');
  const err: string[] = [];

  await run(['lint', 'content'], {
    appDir: app.dir,
    workingDir: app.dir,
    output: { out: () => undefined, err: (line) => err.push(line) },
  });
  app.drop();

  expect(err).toEqual([
    expect.stringMatching(/a\.md:2:11 note: related: 'not-here' does not exist here/),
  ]);
});
