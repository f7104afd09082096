import { isMap, visit, type CST, type Document } from 'yaml';
import { byPosition, issueAt, type Issue, type Position } from '../issue';
import type { Place } from './positions';

/** A mistake whose consequences the parser reports between two positions in the file. */
interface Mistake {
  issue: Issue;
  from: Position;
  to: Position;
  /** Whether it is a mistake even if the parser reports nothing. */
  isCertain: boolean;
}

interface Parsed {
  document: Document.Parsed;
  yaml: string;
  place: Place;
}

/** Returns one issue per mistake, as its author would name it, in the order of the file. */
export function explainMistakes(issues: readonly Issue[], parsed: Parsed): Issue[] {
  const notKeys = issues.find(({ code, path }) => code === 'invalid-type' && path === '');
  if (notKeys && !isMap(parsed.document.contents)) return [notKeys];
  const isWithin = (issue: Issue, { from, to }: Mistake): boolean =>
    byPosition(issue, from) >= 0 && byPosition(issue, to) <= 0;
  const mistakes = [...openQuotes(parsed), ...templates(parsed, issues)].filter(
    (mistake) => mistake.isCertain || issues.some((issue) => isWithin(issue, mistake))
  );
  const others = issues.filter((issue) => !mistakes.some((mistake) => isWithin(issue, mistake)));
  const sorted = [...others, ...mistakes.map(({ issue }) => issue)].sort(byPosition);
  // The first of several errors in a line of YAML causes the others.
  return sorted.filter(
    ({ code, line }, index) => code !== 'invalid-yaml' || sorted[index - 1]?.line !== line
  );
}

const CLOSED = {
  'single-quoted-scalar': /'[^']*(?:''[^']*)*'/y,
  'double-quoted-scalar': /"[^"\\]*(?:\\[^][^"\\]*)*"/y,
};
const AFTER_QUOTE = /[ \t]*(?:[,\]}#]|\r?\n|$)/y;

/**
 * Finds quoted texts that are not closed in their indented lines. The parser ends them where the
 * indentation ends, and considers one complete if that happens to be after a quote in the text.
 */
function openQuotes({ document, yaml, place }: Parsed): Mistake[] {
  const mistakes: Mistake[] = [];
  visit(document, {
    Scalar(_, { srcToken }) {
      const token = srcToken as CST.FlowScalar | undefined;
      const closed = token && CLOSED[token.type as keyof typeof CLOSED];
      if (!closed || matchAt(closed, token.source, 0) === token.source.length) return;
      const { offset, source } = token;
      const end = matchAt(closed, yaml, offset);
      const goesOn = end !== undefined && matchAt(AFTER_QUOTE, yaml, end) !== undefined;
      const message = goesOn
        ? 'a quoted text continues on a line that is not indented: indent the continuation lines'
        : `missing closing ${source.charAt(0)}: add it at the end of the text`;
      mistakes.push({
        issue: issueAt('invalid-yaml', place(offset), message),
        from: place(offset),
        to: place(goesOn ? end : offset + source.length),
        isCertain: true,
      });
    },
  });
  return mistakes;
}

/** End of the match at an offset. */
function matchAt(pattern: RegExp, text: string, offset: number): number | undefined {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** Finds values such as `{{ date }}` for template engines, which YAML reads as groups of keys. */
function templates({ document, yaml, place }: Parsed, issues: readonly Issue[]): Mistake[] {
  const mistakes: Mistake[] = [];
  if (issues.length === 0) return mistakes;
  visit(document, {
    Map(_, { range }) {
      const [start = 0, end = 0] = range ?? [];
      const opening = /^\{[{%]/.exec(yaml.slice(start, start + 2))?.[0];
      if (!opening) return undefined;
      const lineEnd = yaml.indexOf('\n', start);
      const message = `${opening} begins a group of keys: put the value in quotes`;
      mistakes.push({
        issue: issueAt('invalid-yaml', place(start), message),
        from: place(start),
        to: place(Math.max(lineEnd, end)),
        isCertain: false,
      });
      return visit.SKIP;
    },
  });
  return mistakes;
}
