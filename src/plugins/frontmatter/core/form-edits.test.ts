import { mergeForm, type FormEdit } from './form-edits';
import type { AttributeSchema, TypeSchema } from './fit';

const string = { type: 'string' };
const attributes: Record<string, AttributeSchema> = {
  title: string,
  body: { type: 'richtext' },
  at: { type: 'datetime' },
  cover: { type: 'media' },
  tags: { type: 'relation' },
  seo: { type: 'component', component: 'shared.seo' },
  links: { type: 'component', component: 'shared.link', repeatable: true },
  credits: { type: 'component', component: 'shared.credits' },
  blocks: { type: 'dynamiczone' },
  words: { type: 'integer' },
};
const TYPES: Record<string, TypeSchema> = {
  'shared.seo': { attributes: { title: string, description: string } },
  'shared.link': { attributes: { url: string } },
  'shared.credits': { attributes: { note: string, people: { type: 'relation' } } },
};

const STORED = {
  title: 'T',
  body: 'B',
  at: '2026-05-01T00:00:00.000Z',
  cover: { id: 1, url: '/a.png', updatedAt: 'x' },
  seo: { id: 7, title: 'S', description: 'D' },
  links: [{ id: 1, url: 'a' }],
  credits: { id: 3, note: 'N', people: [{ id: 1 }] },
  blocks: [{ __component: 'shared.link', id: 4, url: 'b' }],
};

/** Saves a form loaded from `STORED` and changed to `mine`, after the draft changed to `theirs`. */
function merge(
  mine: Record<string, unknown>,
  theirs: Record<string, unknown> = {},
  added: Record<string, unknown> = {}
) {
  const base = Object.fromEntries(
    Object.keys(mine).map((name) => [name, STORED[name as keyof typeof STORED]])
  );
  const form = { ...STORED, tags: { connect: [], disconnect: [] }, ...mine };
  const edit: FormEdit = {
    attributes,
    base,
    form,
    data: { ...form, ...added },
    stored: { ...STORED, ...theirs },
  };
  return mergeForm(edit, (uid) => TYPES[uid]);
}

test('only what was changed in the form is written, and relations as they are sent', () => {
  expect(merge({ title: 'Mine' })).toEqual({
    data: { title: 'Mine', tags: { connect: [], disconnect: [] } },
    incoming: [],
    conflicts: [],
  });
});

test('incoming changes under other keys are kept', () => {
  const { data, incoming, conflicts } = merge({ title: 'Mine' }, { body: 'Theirs', links: [] });

  expect(data).not.toHaveProperty('body');
  expect({ incoming, conflicts }).toEqual({ incoming: ['body', 'links'], conflicts: [] });
});

test('a key changed on both sides is a conflict with both values, unless they are equal', () => {
  expect(merge({ title: 'Mine' }, { title: 'Theirs' }).conflicts).toEqual([
    { path: 'title', mine: 'Mine', theirs: 'Theirs' },
  ]);
  expect(merge({ title: 'New' }, { title: 'New' })).toMatchObject({ incoming: [], conflicts: [] });
});

test('keys of a component are merged one by one', () => {
  const mine = { id: 7, title: 'Mine', description: 'D' };
  const merged = merge({ seo: mine }, { seo: { id: 9, title: 'S', description: 'Theirs' } });

  expect(merged).toMatchObject({
    data: { seo: { id: 9, title: 'Mine', description: 'Theirs' } },
    incoming: ['seo.description'],
    conflicts: [],
  });
  expect(
    merge({ seo: mine }, { seo: { id: 9, title: 'Theirs', description: 'D' } }).conflicts
  ).toEqual([{ path: 'seo.title', mine: 'Mine', theirs: 'Theirs' }]);
});

test('a component that is missing on one side is merged as a whole', () => {
  const seo = { title: 'Mine', description: 'D' };

  expect(merge({ seo }, { seo: null }).conflicts).toEqual([
    { path: 'seo', mine: seo, theirs: null },
  ]);
  expect(merge({ seo: null }, { seo: { id: 9, title: 'X' } }).conflicts).toHaveLength(1);
});

test('a list of components is merged as one value', () => {
  const links = [{ id: 1, url: 'mine' }];

  expect(merge({ links }, { links: [{ id: 5, url: 'a' }] })).toMatchObject({
    data: { links },
    conflicts: [],
  });
  expect(merge({ links }, { links: [{ id: 5, url: 'theirs' }] }).conflicts).toHaveLength(1);
});

test('ids, empty values, forms of a moment and details of a file do not count as changes', () => {
  const theirs = {
    at: '2026-05-01T02:00:00+02:00',
    cover: { id: 1, url: '/a.png', updatedAt: 'y' },
    seo: { id: 8, title: 'S', description: 'D' },
    links: [{ id: 2, url: 'a', __temp_key__: 'a0' }],
    body: 'B',
  };

  expect(merge({ title: 'Mine' }, theirs).incoming).toEqual([]);
  expect(merge({ body: null }, { title: '' }).incoming).toEqual(['title']);
});

test('values that other code adds to a form, or changes, are written', () => {
  expect(merge({ body: 'Mine' }, {}, { words: 3, title: 'Trimmed' }).data).toEqual({
    body: 'Mine',
    words: 3,
    title: 'Trimmed',
    tags: { connect: [], disconnect: [] },
  });
});

test('a change of a relation within a component changes the component', () => {
  const people = { connect: [{ id: 2 }], disconnect: [] };
  const credits = { id: 3, note: 'N', people };

  expect(merge({ credits }).data).toMatchObject({ credits: { people } });
  const theirs = { credits: { id: 3, note: 'Theirs', people: [] } };
  expect(merge({ credits }, theirs)).toMatchObject({
    data: { credits: { note: 'Theirs', people } },
    conflicts: [],
  });
});

test('a dynamic zone is merged as one value, without what the form adds to it', () => {
  const blocks = [{ __component: 'shared.link', id: 4, __temp_key__: 'a0', url: 'mine' }];
  const theirs = { blocks: [{ __component: 'shared.link', id: 9, url: 'theirs' }] };

  expect(merge({ blocks })).toMatchObject({ data: { blocks }, conflicts: [] });
  expect(merge({ blocks }, theirs).conflicts).toHaveLength(1);
});

test('a part of a component that the form does not hold is not written', () => {
  const seo = { id: 7, title: 'Mine' };
  const { data, conflicts } = merge({ seo }, { seo: { id: 7, title: 'S', description: 'Theirs' } });

  expect(conflicts).toEqual([]);
  expect(data['seo']).toEqual({ id: 7, title: 'Mine' });
});
