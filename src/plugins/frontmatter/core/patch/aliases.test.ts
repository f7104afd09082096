import { patchYaml, type PatchCase } from '../testing/patching';

const anchors: PatchCase[] = [
  [
    'an alias that changes is written out',
    "title: &t 'a'\nsummary: *t # c\n",
    { summary: 'b' },
    "title: &t 'a'\nsummary: 'b' # c\n",
  ],
  [
    'aliases keep what the anchor held',
    'title: &t "a"\nsummary: *t\nx: [*t, {k: *t}]\n',
    { title: 'b' },
    'title: &t "b"\nsummary: "a"\nx: [\'a\', {k: \'a\'}]\n',
  ],
  [
    'an anchor that goes',
    'title: a\nrating: &r 0.5\nmeta:\n  width: *r # c\n',
    { rating: undefined },
    'title: a\nmeta:\n  width: 0.5 # c\n',
  ],
  [
    'an anchored group that changes',
    'meta: &m\n  headline: a\n  width: 1\nx: *m\ny:\n  z: *m\n',
    { 'meta.width': 2 },
    "meta: &m\n  headline: a\n  width: 2\nx:\n  headline: 'a'\n  width: 1\ny:\n  z:\n    headline: 'a'\n    width: 1\n",
  ],
  [
    'an alias of a group that changes',
    'x: &m\n  headline: a\n  width: 1\nmeta: *m\n',
    { meta: { headline: 'b', width: 1 } },
    "x: &m\n  headline: a\n  width: 1\nmeta:\n  headline: 'b'\n  width: 1\n",
  ],
  [
    'an alias of a list that changes',
    'related: &l [a, b]\nquestions: *l\n',
    { questions: ['a', 'b', 'c'] },
    "related: &l [a, b]\nquestions:\n  - 'a'\n  - 'b'\n  - 'c'\n",
  ],
  [
    'other aliases stay',
    'title: &t a\nsummary: *t\nx: &u b\ny: *u\n',
    { title: 'c', summary: undefined },
    'title: &t c\nx: &u b\ny: *u\n',
  ],
  [
    'an anchored item goes',
    'related:\n  - &a x\n  - y\nquestions:\n  - *a\n',
    { related: ['y'] },
    'related:\n  - y\nquestions:\n  - x\n',
  ],
];

describe('anchors and aliases', () => {
  test.each(anchors)('%s', (_title, yaml, edits, expected) => {
    expect(patchYaml(yaml, edits)).toBe(expected);
  });

  test.each(anchors)('with Windows line ends: %s', (_title, yaml, edits, expected) => {
    expect(patchYaml(yaml, edits, '\r\n')).toBe(expected.replaceAll('\n', '\r\n'));
  });
});
