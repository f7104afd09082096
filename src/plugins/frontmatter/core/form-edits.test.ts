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
};
const TYPES: Record<string, TypeSchema> = {
  'shared.seo': { attributes: { title: string, description: string } },
  'shared.link': { attributes: { url: string } },
};

const STORED = {
  title: 'T',
  body: 'B',
  at: '2026-05-01T00:00:00.000Z',
  cover: { id: 1, url: '/a.png', updatedAt: 'x' },
  seo: { id: 7, title: 'S', description: 'D' },
  links: [{ id: 1, url: 'a' }],
};

/** A form that was loaded from `STORED` and changed like this, saved after the draft became that. */
function merge(mine: Record<string, unknown>, theirs: Record<string, unknown> = {}) {
  const base = Object.fromEntries(
    Object.keys(mine).map((name) => [name, STORED[name as keyof typeof STORED]])
  );
  const edit: FormEdit = {
    attributes,
    base,
    form: { ...STORED, tags: { connect: [], disconnect: [] }, ...mine },
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

test('what came in under other keys stays', () => {
  const { data, incoming, conflicts } = merge({ title: 'Mine' }, { body: 'Theirs', links: [] });

  expect(data).not.toHaveProperty('body');
  expect({ incoming, conflicts }).toEqual({ incoming: ['body', 'links'], conflicts: [] });
});

test('the same key is a conflict with both values, unless both say the same', () => {
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

test('a component that is not there yet, or no more, is merged as a whole', () => {
  const seo = { title: 'Mine', description: 'D' };

  expect(merge({ seo }, { seo: null }).conflicts).toEqual([
    { path: 'seo', mine: seo, theirs: null },
  ]);
  expect(merge({ seo: null }, { seo: { id: 9, title: 'X' } }).conflicts).toHaveLength(1);
});

test('a list of components is one value', () => {
  const links = [{ id: 1, url: 'mine' }];

  expect(merge({ links }, { links: [{ id: 5, url: 'a' }] })).toMatchObject({
    data: { links },
    conflicts: [],
  });
  expect(merge({ links }, { links: [{ id: 5, url: 'theirs' }] }).conflicts).toHaveLength(1);
});

test('ids, empty values, forms of a moment and details of a file are no changes', () => {
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
