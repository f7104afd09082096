import fc from 'fast-check';
import { parseDocument, type Document } from 'yaml';

/** Makes each choice of style while a file is written: returns 0 to below `count`. */
export type Choose = (count: number) => number;

interface Place {
  choose: Choose;
  /** Values of the anchors so far. */
  anchors: Map<string, unknown>;
  indent: number;
  isInFlow: boolean;
}

/** Numbers that decide the choices; they repeat once used up. */
export const choices: fc.Arbitrary<number[]> = fc.array(fc.nat(1_000), {
  minLength: 10,
  maxLength: 80,
});

export function chooserOf(numbers: readonly number[]): Choose {
  let next = 0;
  return (count) => (numbers[next++ % numbers.length] ?? 0) % count;
}

const pad = (indent: number): string => ' '.repeat(indent);

/** Writes a mapping as authors do: with quotes, comments, blank lines, anchors and braces. */
export function styledYaml(data: Record<string, unknown>, choose: Choose): string {
  const write = (by: Choose): string => {
    const anchors = new Map<string, unknown>();
    const place = { choose: by, anchors, indent: 0, isInFlow: false };
    const lines = mapLines(data, place);
    const aliases = [...anchors.keys()].flatMap((name) =>
      by(3) === 0
        ? [
            `unknown-${name}: ${['', '- ', '{a: '][by(3)] === '{a: ' ? `{a: *${name} }` : `*${name}`}`,
          ]
        : []
    );
    return [...lines, ...aliases].map((line) => `${line}\n`).join('');
  };
  const text = write(choose);
  return readsAs(text, data) ? text : write(() => 1);
}

function mapLines(data: Record<string, unknown>, place: Place): string[] {
  const { choose, indent } = place;
  const unknown =
    choose(6) === 0 ? ['- k: 1 # x', "'# no comment'", '{a: [1, 2]}', '"x"', '', '|+', '>-'] : [];
  const entries = Object.entries(data).flatMap(([key, value]) => [
    ...above(place),
    ...entryLines(key, value, place),
  ]);
  if (unknown.length === 0) return entries;
  const name = `unknown${choose(10)}`;
  const text = unknown[choose(unknown.length)] ?? '';
  if (text.startsWith('-'))
    return [...entries, `${pad(indent)}${name}:`, `${pad(indent + 2)}${text}`];
  const block = /^[|>]/.test(text)
    ? [`${pad(indent + 3)}# text`, '', `${pad(indent + 3)}b`, '']
    : [];
  const lines = [`${pad(indent)}${name}: ${text}`, ...block];
  return choose(2) === 0 ? [...entries, ...lines] : [...lines, ...entries];
}

/** Returns blank lines and comments to put before an entry. */
function above({ choose, indent }: Place): string[] {
  const comment = `${pad(indent)}# comment ${choose(100)}: x`;
  const kinds = [
    [],
    [],
    [],
    [],
    [comment],
    [comment, comment],
    [''],
    ['', comment],
    [comment, ''],
    ['', '', comment],
    [pad(indent + choose(8))],
    [comment, `${pad(choose(4))}\t`],
  ];
  return kinds[choose(kinds.length)] ?? [];
}

const beside = ({ choose }: Place): string => ['', '', '', ' # beside', '   #'][choose(5)] ?? '';

function entryLines(key: string, value: unknown, place: Place): string[] {
  const { choose, indent } = place;
  const shownKey = [key, key, key, `'${key}'`, `"${key}"`][choose(5)] ?? key;
  const head = `${pad(indent)}${shownKey}:`;
  const known = alias(place, value);
  if (known) return [`${head} ${known}${beside(place)}`];
  if (isEmpty(value) || choose(4) === 0) {
    const text = flow(value, place);
    return [`${head} ${anchor(place, value)}${text}${beside(place)}`];
  }
  const mark = typeof value === 'object' && choose(4) === 0 ? anchor(place, value) : '';
  const opening = mark ? `${head} ${mark.trim()}` : head;
  if (Array.isArray(value)) {
    const below = { ...place, indent: indent + [2, 0, 4, 3][choose(4)]! };
    const items = value.flatMap((item) => [
      ...above(below),
      ...scalarLines(`${pad(below.indent)}-`, item, below),
    ]);
    return [`${opening}${beside(place)}`, ...items];
  }
  if (typeof value === 'object' && value !== null) {
    const below = { ...place, indent: indent + [2, 2, 4, 1][choose(4)]! };
    const lines = mapLines(value as Record<string, unknown>, below);
    const tail = choose(8) === 0 ? [`${pad(below.indent)}# tail`] : [];
    return [`${opening}${beside(place)}`, ...lines, ...tail];
  }
  return scalarLines(head, value, place);
}

function anchor({ choose, anchors }: Place, value: unknown): string {
  if (choose(5) !== 0) return '';
  const name = `a${anchors.size}`;
  anchors.set(name, value);
  return `&${name} `;
}

/** Returns an alias, if an anchor has the same value. */
function alias({ choose, anchors }: Place, value: unknown): string | undefined {
  if (choose(2) === 0) return undefined;
  const text = JSON.stringify(value);
  const name = [...anchors].find(([, other]) => JSON.stringify(other) === text)?.[0];
  return name === undefined ? undefined : `*${name}`;
}

const isEmpty = (value: unknown): boolean =>
  typeof value !== 'object' || value === null ? value === '' : Object.keys(value).length === 0;

function scalarLines(head: string, value: unknown, place: Place): string[] {
  const { choose, indent } = place;
  const known = alias(place, value);
  if (known) return [`${head} ${known}${beside(place)}`];
  const mark = anchor(place, value);
  const space = [' ', ' ', ' ', '  '][choose(4)];
  if (typeof value === 'string' && choose(3) === 0) {
    const step = pad(indent + [2, 4, 3][choose(3)]!);
    const body = value.endsWith('\n') ? value.slice(0, -1) : value;
    const chomp = value.endsWith('\n\n') ? '+' : value.endsWith('\n') ? '' : '-';
    const literal = [
      `${head}${space}${mark}|${chomp}${beside(place)}`,
      ...body.split('\n').map((line) => (line ? step + line : '')),
    ];
    const folded = [
      `${head}${space}${mark}>${chomp}`,
      ...body.split('\n').flatMap((line, index) =>
        index
          ? ['', step + line]
          : line
              .replace(/(\w) (\w)/g, `$1\n${step}$2`)
              .split('\n')
              .map((part, at) => (at ? part : step + part))
      ),
    ];
    for (const lines of choose(2) ? [literal, folded] : [folded, literal]) {
      if (holds(head, lines, value)) return lines;
    }
  }
  const inline = `${head}${space}${mark}${flow(value, { ...place, isInFlow: false })}${beside(place)}`;
  if (typeof value === 'string' && choose(8) === 0) {
    const onNextLine = [`${head} # next`, `${pad(indent + 2)}${mark}${flow(value, place)}`];
    if (holds(head, onNextLine, value)) return onNextLine;
  }
  return [inline];
}

const unhead = (head: string): string => (head.trimStart().startsWith('-') ? '-' : head.trim());

function holds(head: string, lines: readonly string[], value: unknown): boolean {
  const indent = head.length - head.trimStart().length;
  const text = lines.map((line) => `${line.slice(Math.min(indent, line.length))}\n`).join('');
  const result = parseDocument(`${text}`, { prettyErrors: false });
  if (result.errors.length > 0) return false;
  const js = plainData(result);
  const [only] = Object.values((js ?? {}) as object);
  return unhead(head) !== '' && only === value;
}

/** Writes a value in flow style. */
function flow(value: unknown, place: Place): string {
  const { choose } = place;
  const inner = { ...place, isInFlow: true };
  if (typeof value === 'string') {
    const quoted = JSON.stringify(value).replace(
      /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`
    );
    const candidates = [`'${value.replaceAll("'", "''")}'`, value, quoted];
    for (const text of [candidates[choose(3)] ?? '', quoted]) {
      const probe = place.isInFlow ? `{k: ${text}, l: 1}` : `k: ${text} # c`;
      if (
        !text.includes('\n') &&
        !/[\u2028\u2029\u0085\uFEFF]/.test(text) &&
        readsAs(probe, place.isInFlow ? { k: value, l: 1 } : { k: value })
      )
        return text;
    }
    return quoted;
  }
  if (typeof value !== 'object' || value === null) {
    return value === null
      ? ['', '~', 'null'][choose(place.isInFlow ? 3 : 3)]!
      : String(Object.is(value, -0) ? '-0' : value);
  }
  const texts = Array.isArray(value)
    ? value.map((item) => flow(item, inner))
    : Object.entries(value).map(([key, part]) => `${key}: ${flow(part, inner)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (texts.length === 0) return `${open}${close}`;
  const isLong = !place.isInFlow && choose(3) === 0;
  const step = `\n${pad(place.indent + 2)}`;
  const comma = choose(3) === 0 ? ',' : '';
  if (isLong) {
    const lines = texts.map(
      (text, index) =>
        `${step}${text}${index < texts.length - 1 ? ',' : comma}${choose(3) === 0 ? ' # in' : ''}`
    );
    return `${open}${lines.join('')}\n${pad(place.indent + 1)}${close}`;
  }
  const space = choose(2) === 0 ? ' ' : '';
  return `${open}${space}${texts.join(choose(4) === 0 ? ',  ' : ', ')}${comma}${space}${close}`;
}

function readsAs(yaml: string, data: unknown): boolean {
  const document = parseDocument(yaml, { prettyErrors: false });
  if (document.errors.length + document.warnings.length > 0) return false;
  return JSON.stringify(known(plainData(document))) === JSON.stringify(data);
}

/** Returns `undefined` if an alias has no anchor. */
function plainData(document: Document.Parsed): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

function known(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) =>
      key.startsWith('unknown') ? [] : [[key, known(part)]]
    )
  );
}

/** Returns the same text with Unix, Windows or mixed line endings. */
export function withLineEnds(text: string, choose: Choose): string {
  const kind = choose(4);
  if (kind < 2) return text;
  return text.replace(/\n/g, () => (kind === 2 || choose(2) === 0 ? '\r\n' : '\n'));
}
