import fc from 'fast-check';
import type { Issue } from '../issue';
import { isEmpty } from '../meaning';
import { someFile } from '../testing/files';
import { parsedOf } from '../testing/patching';
import { posts } from '../testing/posts';
import { articleFrontmatter, articles, lineOf } from '../testing/shape';
import { readUpload, type Upload, type UploadFormat } from './uploaded-text';

const FILE = [
  '\uFEFF---',
  '# who reads this?',
  "title: 'T' # short",
  'order: 1',
  'rank: 7 # ours',
  'meta:',
  "    headline: 'H'",
  '    origin: { by: "hand" }',
  'aliases:',
  '- one # first',
  '- two',
  '---',
  '# Body',
  '---',
  '',
].join('\r\n');

const current = parsedOf(FILE);
const JSON_TEXT = JSON.stringify(current.data);
const YAML_TEXT = FILE.split('---\r\n')[1] ?? '';

const send = (format: UploadFormat, text: string | Uint8Array): Upload =>
  readUpload(articles, { slug: 'a', format, bytes: Buffer.from(text) });

/** Top-level keys without a value mean the same as missing keys. */
const withoutEmpty = (data: object): object =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => !isEmpty(value)));

const fileOf = (upload: Upload, file = upload.kind === 'valid' ? current : undefined): string => {
  if (upload.kind === 'invalid') throw new Error(upload.issues.map(lineOf).join('\n'));
  return upload.toFile(file).source.text;
};

const newFileOf = (upload: Upload): string => {
  if (upload.kind === 'invalid') throw new Error(upload.issues.map(lineOf).join('\n'));
  return upload.toFile(undefined).source.text;
};

const issuesOf = (upload: Upload): string[] => upload.issues.map(lineOf);

/** Lines that only one of two texts has. */
function changedLines(before: string, after: string): string[] {
  const [old, now] = [before.split('\r\n'), after.split('\r\n')];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ];
}

describe('markdown', () => {
  test('is accepted as it is', () => {
    expect(fileOf(send('md', FILE))).toBe(FILE);
    expect(newFileOf(send('md', FILE))).toBe(FILE);
  });

  test('is checked together with its slug', () => {
    const upload = readUpload(articles, { slug: 'a b', format: 'md', bytes: Buffer.from(FILE) });

    expect(issuesOf(upload)[0]).toMatch(/^1:1 error invalid-slug /);
  });
});

describe('YAML', () => {
  test('is put between the fences of the document, byte for byte', () => {
    expect(fileOf(send('yaml', YAML_TEXT))).toBe(FILE);
    const edited = YAML_TEXT.replace("'T'", "'New'");
    expect(fileOf(send('yaml', edited))).toBe(FILE.replace("'T'", "'New'"));
  });

  test('of a new document gets fences with its own line ends', () => {
    expect(newFileOf(send('yaml', 'title: T\r\norder: 1'))).toBe(
      '---\r\ntitle: T\r\norder: 1\r\n---\r\n'
    );
    expect(newFileOf(send('yaml', 'title: T\norder: 1\n'))).toBe('---\ntitle: T\norder: 1\n---\n');
  });

  test('may begin with a byte order mark, which is not part of the first key', () => {
    expect(newFileOf(send('yaml', '\uFEFFtitle: T\norder: 1\n'))).toBe(
      '---\ntitle: T\norder: 1\n---\n'
    );
  });

  test.each([
    ['---\ntitle: T\n', 1],
    ['title: T\norder: 1\n---\nnot meant as a body\n', 3],
    ['title: T\r\norder: 1\r\n---', 3],
  ])('%j must not hold a line that ends the frontmatter', (text, line) => {
    const advice = 'send only the lines between the fences, or the whole file as markdown';
    expect(issuesOf(send('yaml', text))).toEqual([
      `${line}:1 error invalid-yaml a line of --- ends the frontmatter: ${advice}`,
    ]);
  });

  test('shows issues at the lines that were sent', () => {
    expect(issuesOf(send('yaml', "title: 'T'\norder: two\nlayuot: wide\n"))).toEqual([
      "2:8 error invalid-type order: expected a whole number, such as 2, found the text 'two'",
      "3:1 note unknown-key layuot: unknown key 'layuot': kept as it is; did you mean 'layout'?",
    ]);
    expect(issuesOf(send('yaml', "title: 'T\n"))[0]).toMatch(/^\d:\d+ error invalid-yaml missing/);
    expect(issuesOf(send('yaml', ''))).toEqual([
      expect.stringMatching(/^1:1 error missing-key title/),
      expect.stringMatching(/^1:1 error missing-key order/),
    ]);
  });
});

describe('JSON', () => {
  test('that changes nothing results in the same text', () => {
    expect(fileOf(send('json', JSON_TEXT))).toBe(FILE);
    expect(fileOf(send('json', `\uFEFF${JSON.stringify(current.data, null, '\t')}\r\n`))).toBe(
      FILE
    );
  });

  test('may have its keys in another order', () => {
    const { title, order, rank, meta, aliases } = current.data;

    expect(fileOf(send('json', JSON.stringify({ aliases, rank, meta, title, order })))).toBe(FILE);
  });

  test.each<[string, object, string[]]>([
    ['a value', { title: 'New' }, ["-title: 'T' # short", "+title: 'New' # short"]],
    ['a new key', { rating: 0.5 }, ['+rating: 0.5']],
    ['an unknown value', { rank: 8 }, ['-rank: 7 # ours', '+rank: 8 # ours']],
    ['an unknown key that goes', { rank: undefined }, ['-rank: 7 # ours']],
    ['a new unknown key', { level: 'easy' }, ["+level: 'easy'"]],
    ['an unknown list', { aliases: ['one', 'three'] }, ['-- two', '+- three']],
    [
      'a key in an unknown group',
      { meta: { headline: 'H', origin: { by: 'machine' } } },
      ['-    origin: { by: "hand" }', '+    origin: { by: "machine" }'],
    ],
  ])('changes only the lines of %s', (_, change, expected) => {
    const text = fileOf(send('json', JSON.stringify({ ...current.data, ...change })));

    expect(changedLines(FILE, text)).toEqual(expected);
    expect(parsedOf(text).data).toEqual(JSON.parse(JSON.stringify({ ...current.data, ...change })));
  });

  test('changes unknown keys, whatever they hold, and no other line', () => {
    const linesOf = {
      aliases: ['-aliases:', '-- one # first', '-- two'],
      rank: ['-rank: 7 # ours'],
      extra: [],
    };
    const keys = fc.constantFrom(...(Object.keys(linesOf) as (keyof typeof linesOf)[]));
    fc.assert(
      fc.property(keys, fc.option(fc.jsonValue(), { nil: undefined }), (key, value) => {
        const data = JSON.parse(JSON.stringify({ ...current.data, [key]: value }));
        const upload = send('json', JSON.stringify(data));
        if (upload.kind === 'invalid') return;

        const { data: found, source } = upload.toFile(current);

        expect(withoutEmpty(found)).toEqual(withoutEmpty(data));
        const gone = changedLines(FILE, source.text).filter((line) => line.startsWith('-'));
        expect(linesOf[key]).toEqual(expect.arrayContaining(gone));
      })
    );
  });

  test('of a new document is a file in canonical form', () => {
    expect(newFileOf(send('json', '{"order":1,"title":"it\'s"}'))).toBe(
      "---\norder: 1\ntitle: 'it''s'\n---\n"
    );
  });

  test.each([
    ["title: 'T'\norder: 1\n", '1:1', 'a value'],
    ['{title: T, order: 1}', '1:2', 'a key in double quotes or }'],
    ['{\n  "title": "T",\n  "order": 1,\n}\n', '4:1', 'a key in double quotes'],
    ['{"title": "T"} # note', '1:16', 'the end of the text'],
    ['', '1:1', 'a value'],
    ['\uFEFF{', '1:2', 'a key in double quotes or }'],
  ])('%j is refused although it may be YAML', (text, place, expected) => {
    const advice = 'send valid JSON, or YAML as YAML';
    expect(issuesOf(send('json', text))).toEqual([
      `${place} error invalid-json this is not valid JSON: expected ${expected} here; ${advice}`,
    ]);
  });

  test.each([
    ['[1]', /^1:1 error invalid-type the frontmatter must consist of keys/],
    ['{"title": "T",\n "order": "2"}', /^2:11 error invalid-type order: .*remove the quotes$/],
    ['{"title": "T", "order": 1,\n "order": 2}', /^2:2 error duplicate-key order/],
    ['{"title": "a\\u0000b", "order": 1}', /^1:11 error forbidden-character title/],
    ['{"title": "\\ud800", "order": 1}', /^1:11 error forbidden-character title/],
    ['{"title": "T", "order": 1, "__proto__": {}}', /^1:28 error forbidden-key __proto__/],
  ])('%j is refused at its position in what was sent', (text, message) => {
    expect(issuesOf(send('json', text))).toEqual([expect.stringMatching(message)]);
  });

  test('keeps half a surrogate pair of an unknown key', () => {
    const text = newFileOf(send('json', '{"title":"T","order":1,"x":"\\ud800"}'));

    expect(text.isWellFormed()).toBe(true);
    expect(parsedOf(text).data).toEqual({ title: 'T', order: 1, x: '\ud800' });
  });
});

test.each(['yaml', 'json'] as const)('%s must be UTF-8 and no larger than 256 KiB', (format) => {
  const filled = (size: number) => {
    const start =
      format === 'json' ? '{"title":"T","order":1,"summary":"' : 'title: T\norder: 1\nsummary: "';
    const end = format === 'json' ? '"}' : '"\n';
    return start + 'x'.repeat(size - start.length - end.length) + end;
  };

  expect(issuesOf(send(format, Buffer.from('{"a": "\xff"}', 'latin1')))).toEqual([
    expect.stringMatching(/^1:8 error not-utf8 /),
  ]);
  expect(send(format, filled(262_000)).kind).toBe('valid');
  expect(issuesOf(send(format, filled(262_200)))).toEqual([
    expect.stringMatching(/^1:1 error too-large /),
  ]);
});

describe('an issue of the merged file', () => {
  const issue = (path: string): Issue => ({
    code: 'conflict',
    severity: 'error',
    path,
    line: 99,
    column: 99,
    message: 'm',
  });
  const placed = (upload: Upload, path: string): string | undefined =>
    upload.kind === 'valid' ? lineOf(upload.place(issue(path))).split(' ')[0] : undefined;

  test('is shown where its value was sent', () => {
    const json = send('json', '{\n "title": "T",\n "order": 1,\n "meta": { "width": 3 }\n}');
    expect(placed(json, 'meta.width')).toBe('4:21');
    expect(placed(json, 'body')).toBe('1:1');
    expect(placed(json, '')).toBe('1:1');

    const yaml = send('yaml', 'title: T\norder: 1\nmeta:\n  width: 3\n');
    expect(placed(yaml, 'meta.width')).toBe('4:10');
    expect(placed(yaml, '')).toBe('1:1');
    expect(placed(send('md', FILE), 'meta')).toBe('99:99');
  });
});

test('the YAML and the JSON of any file result in the same file', () => {
  fc.assert(
    fc.property(someFile, (text) => {
      const file = parsedOf(text);
      const yaml = send('yaml', file.source.yaml);
      const json = send('json', JSON.stringify(file.data));
      if (yaml.kind === 'valid') expect(yaml.toFile(file).source.text).toBe(text);
      if (json.kind === 'valid') expect(json.toFile(file).source.text).toBe(text);
      expect(json.kind).toBe(yaml.kind);
    })
  );
});

test('JSON of any value is read as that value', () => {
  fc.assert(
    fc.property(articleFrontmatter, fc.constantFrom(0, 2, '\t'), (data, indent) => {
      const upload = send('json', JSON.stringify(data, null, indent));
      if (upload.kind === 'invalid') throw new Error(issuesOf(upload).join());

      expect(upload.toFile(undefined).data).toEqual(data);
      expect(upload.toFile(current).body).toBe(current.body);
    })
  );
});

test('JSON changes, adds and removes unknown keys of the items of a list', () => {
  const file = parsedOf(
    "---\ntitle: T\nlinks:\n  - title: 'One' # c\n    extra: 1\n    gone: x\n  - title: Two\n---\n"
  );
  const json = JSON.stringify({
    title: 'T',
    links: [
      { title: 'One', extra: 2 },
      { title: 'Two', new: 'n' },
    ],
  });

  const upload = readUpload(posts, { slug: 'a', format: 'json', bytes: Buffer.from(json) });

  expect(fileOf(upload, file)).toBe(
    "---\ntitle: T\nlinks:\n  - title: 'One' # c\n    extra: 2\n  - title: Two\n    new: 'n'\n---\n"
  );
});
