import fc from 'fast-check';
import { anyCharacter } from '../../../../../tests/helpers/any-text';
import { fileOf, issuesOf } from '../testing/shape';
import { findWronglyDecoded } from './wrongly-decoded';

/** Bytes 0x80–0x9F as windows-1252, from the Encoding Standard's index. */
const INDEX =
  '20AC 81 201A 192 201E 2026 2020 2021 2C6 2030 160 2039 152 8D 17D 8F ' +
  '90 2018 2019 201C 201D 2022 2013 2014 2DC 2122 161 203A 153 9D 17E 178';
const codes = INDEX.split(' ').map((code) => Number.parseInt(code, 16));
const misread = (text: string): string =>
  String.fromCharCode(
    ...[...new TextEncoder().encode(text)].map((byte) => codes[byte - 0x80] ?? byte)
  );

test.each([
  ['an apostrophe', 'what Iâ€™ve learnt', '…Iâ€™ve…', '…I’ve…'],
  ['the whole text', 'â€™', 'â€™', '’'],
  ['a letter', 'Au cafÃ©', '…cafÃ©', '…café'],
  ['a letter at the beginning of a word', 'Ãœber uns', 'Ãœber…', 'Über…'],
  ['a letter within capitals', 'ESPAÃ‘A', 'ESPAÃ‘A', 'ESPAÑA'],
  ['a letter and punctuation', '(voilÃ\u00A0, dit-il)', '(voilÃ\u00A0,…', '(voilà,…'],
  ['a no-break space', '5Â\u00A0kg', '5Â\u00A0kg', '5\u00A0kg'],
  ['a sign', 'Â£5', 'Â£5', '£5'],
  ['a multiplication sign', '3 Ã— 4', '…Ã—…', '…×…'],
  ['an emoji', 'ok ðŸ˜€!', '…ðŸ˜€!', '…😀!'],
  ['a byte order mark', 'ï»¿# Title', 'ï»¿#…', '\uFEFF#…'],
  ['a word of Polish', 'zrobiÄ‡ siÄ™', 'zrobiÄ‡…', 'zrobić…'],
  ['a word of Romanian', 'naÈ›ional', 'naÈ›ional', 'național'],
  ['a word of Turkish', 'ÅŸeker', 'ÅŸeker', 'şeker'],
  ['words of Vietnamese', 'Viá»‡t', 'Viá»‡t', 'Việt'],
  ['controls', 'a â\u0080\u0099 b', '…â\u0080\u0099…', '…’…'],
  ['text that was twice wrong, once', 'Iâ€šÃ„Ã´ve', 'Iâ€šÃ„Ã´ve', 'I‚Äôve'],
  ['after good text of the same kind', '„Spaß“ cafÃ©', '…cafÃ©', '…café'],
  ['several spots of one word', 'rÃ©sumÃ©', 'rÃ©sumÃ©', 'résumé'],
  [
    'a spot of a long word',
    `${'a'.repeat(50)}Ã©${'b'.repeat(50)}`,
    '…aaaaaaaaaaaaÃ©bbbbbbbbbbbb…',
    '…aaaaaaaaaaaaébbbbbbbbbbbb…',
  ],
])('%s is found', (_, text, excerpt, repaired) => {
  expect(findWronglyDecoded(text)).toMatchObject({ excerpt, repaired });
});

test.each(['Привет', 'Ελλάδα', 'שלום', 'سلام', '日本語', 'テスト', '안녕하세요', 'हिन्दी', 'ไทย'])(
  '%s is found',
  (text) => {
    expect(findWronglyDecoded(misread(text))).toEqual({
      index: 0,
      excerpt: misread(text),
      repaired: text,
    });
  }
);

test.each([...'éèüöäßñçåøæœÉÜÖ’‘“”–—…•™€£§°·×÷½→←✓✅👍🚀'])(
  '%s within a word is found',
  (character) => {
    expect(findWronglyDecoded(`a${misread(character)}b`)?.repaired).toBe(`a${character}b`);
  }
);

test('the position of the first one is returned', () => {
  expect(findWronglyDecoded('Ünï 😀 cafÃ© and Ã¼')?.index).toBe(10);
});

test.each([
  'é',
  'naïve café',
  'Ünïcödé',
  '£5',
  '«quoted»',
  'Ã',
  'São Paulo, NÃO',
  'MAÇÔ and “Ã”',
  '„Spaß“, »Spaß« und Spaß…',
  '« à la carte »'.replaceAll(' ', '\u00A0'),
  'Où est le café\u00A0? «\u00A0Un café\u00A0»',
  'un salarié\u00A0€5, payé\u00A0½',
  'CAFÉ™, ÉTÉ… “CAFÉ” ‘CAFɒ CAFÉ’s CAFÉ—',
  '“Sí”—and then “olé”…',
  'Úžasný, NEJVÝŠE, víš…, máš…',
  '3×½, 5×”',
  'Ångström Å… Å’s',
  'note é¹² José®™',
  '“Ò” “à”…',
  '日本語 Привет Ελλάδα 😀 → ✓',
  '10 °C · ½ · ± · µ · ¿Qué? ¡Olé!',
  'ÿþ',
])('%s is good text', (text) => {
  expect(findWronglyDecoded(text)).toBeUndefined();
});

test.each(['À€', 'à€€', 'í €', 'ô€', 'õ€€€'])(
  'what is not UTF-8 either is left alone: %s',
  (text) => {
    expect(findWronglyDecoded(text)).toBeUndefined();
  }
);

test('whatever a text holds, the excerpt is part of it and the repaired one differs', () => {
  const parts = fc.constantFrom(
    'Ã©',
    'â€™',
    'Â ',
    'é\u00A0»',
    'ß“',
    ' ',
    'ab',
    'É',
    '😀',
    '\uD800'
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(parts, fc.string({ unit: anyCharacter }))), (words) => {
      const text = words.join('');
      const found = findWronglyDecoded(text);
      fc.pre(found !== undefined);

      expect(text).toContain(found.excerpt.replace(/^…|…$/g, ''));
      expect(found.repaired).not.toBe(found.excerpt);
    })
  );
});

test('ASCII is good text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
      expect(findWronglyDecoded(text)).toBeUndefined();
    })
  );
});

test('a long text is searched quickly', () => {
  const text = 'é\u00A0» '.repeat(200_000);

  expect(findWronglyDecoded(text)).toBeUndefined();
  expect(findWronglyDecoded(`${text}Ã©`)?.index).toBe(text.length);
});

test('text that looks wrongly decoded is noted once for each value, wherever it is', () => {
  expect(
    issuesOf(
      fileOf(
        "title: 'Iâ€™ve and youâ€™ve'",
        'order: 1',
        'summary: |',
        '  One',
        '  cafÃ©',
        'meta: {keywords: [good, "Ã¼ber", Ünï]}',
        'author:',
        '  url: u',
        '  contact: {label: Â£5}',
        'other:',
        '  - deep: [na, naÃ¯ve]',
        'cafÃ©: 1'
      )
    ).filter((line) => !line.includes('unknown-key'))
  ).toEqual([
    "2:8 note wrongly-decoded title: 'Iâ€™ve…' looks wrongly decoded (perhaps 'I’ve…'): it is kept as it is",
    "4:10 note wrongly-decoded summary: '…cafÃ©…' looks wrongly decoded (perhaps '…café…'): it is kept as it is",
    "7:25 note wrongly-decoded meta.keywords.1: 'Ã¼ber' looks wrongly decoded (perhaps 'über'): it is kept as it is",
    "10:20 note wrongly-decoded author.contact.label: 'Â£5' looks wrongly decoded (perhaps '£5'): it is kept as it is",
    "12:16 note wrongly-decoded other.0.deep.1: 'naÃ¯ve' looks wrongly decoded (perhaps 'naïve'): it is kept as it is",
  ]);
});
