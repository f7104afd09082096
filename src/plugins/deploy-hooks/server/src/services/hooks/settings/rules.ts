import { parseSelection, type Shape } from 'strapi-plugin-frontmatter/core';
import {
  hasReportSecret,
  headerProblem,
  needsToken,
  presetUrlProblem,
  secretProblem,
  signs,
  urlProblem,
  type HookFilter,
} from '../../../../../core';
import type { HookSettings } from '../../../../../shared';
import type { FieldProblem } from 'strapi-plugin-frontmatter/kit/field-error';

/** Settings, with the secret that was entered for them, if there is one. */
export type GivenSettings = HookSettings & { secret?: string | undefined };

export interface RuleContext {
  shapes: readonly Shape[];
  allowedHosts: readonly string[];
}

interface Rule {
  /** Settings that it checks. */
  of: readonly (keyof GivenSettings)[];
  problems(settings: GivenSettings, context: RuleContext): FieldProblem[];
}

const RULES: readonly Rule[] = [
  {
    of: ['url', 'preset'],
    problems: ({ url, preset }, { allowedHosts }) =>
      problemAt(['url'], urlProblem(url, allowedHosts) ?? presetUrlProblem(preset, url)),
  },
  {
    of: ['statusUrl'],
    problems: ({ statusUrl }, { allowedHosts }) =>
      problemAt(
        ['statusUrl'],
        statusUrl === null ? undefined : urlProblem(statusUrl, allowedHosts)
      ),
  },
  {
    of: ['token', 'preset'],
    problems: ({ token, preset }) => problemAt(['token'], tokenProblem(preset, token)),
  },
  {
    of: ['reportSecret', 'preset'],
    problems: ({ reportSecret, preset }) =>
      problemAt(
        ['reportSecret'],
        reportSecret !== undefined && !hasReportSecret(preset)
          ? `does not apply to ${preset}: leave it out`
          : undefined
      ),
  },
  {
    of: ['secret', 'preset'],
    problems: ({ secret, preset }) =>
      problemAt(['secret'], secret === undefined ? undefined : givenSecretProblem(preset, secret)),
  },
  { of: ['headers'], problems: ({ headers }) => headerProblems(headers) },
  {
    of: ['quietPeriodMs', 'maxWaitMs'],
    problems: ({ quietPeriodMs, maxWaitMs }) =>
      problemAt(
        ['maxWaitMs'],
        maxWaitMs < quietPeriodMs
          ? `is ${maxWaitMs}, shorter than the quiet period of ${quietPeriodMs}: make it at least as long`
          : undefined
      ),
  },
  { of: ['filter'], problems: ({ filter }, { shapes }) => filterProblems(filter, shapes) },
];

/**
 * Returns what is wrong with settings that have the right form.
 *
 * @param touched Settings that are about to change. The others were checked when they were set, and
 *   must not prevent, for example, disabling a hook.
 */
export const ruleProblems = (
  settings: GivenSettings,
  touched: readonly string[],
  context: RuleContext
): FieldProblem[] =>
  RULES.filter((rule) => rule.of.some((name) => touched.includes(name))).flatMap((rule) =>
    rule.problems(settings, context)
  );

const problemAt = (path: readonly string[], message: string | undefined): FieldProblem[] =>
  message === undefined ? [] : [{ path, message }];

function tokenProblem(
  preset: HookSettings['preset'],
  token: string | undefined
): string | undefined {
  if (needsToken(preset) && token === undefined) {
    return `is missing: ${preset} accepts no request without one`;
  }
  return !needsToken(preset) && token !== undefined
    ? `does not apply to ${preset}: leave it out`
    : undefined;
}

const givenSecretProblem = (preset: HookSettings['preset'], secret: string): string | undefined =>
  signs(preset) ? secretProblem(secret) : `does not apply to ${preset}, which checks no signature`;

function headerProblems(headers: Record<string, string>): FieldProblem[] {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  return Object.entries(headers).flatMap(([name, value], index) => {
    const isRepeated = names.indexOf(name.toLowerCase()) !== index;
    const repeated = isRepeated ? 'is listed twice: upper and lower case are the same' : undefined;
    return problemAt(['headers', name], repeated ?? headerProblem(name, value));
  });
}

function filterProblems(filter: HookFilter, shapes: readonly Shape[]): FieldProblem[] {
  const known = shapes.map(({ collection }) => collection);
  const unknown = (filter.collections ?? []).flatMap((name, index) =>
    known.includes(name)
      ? []
      : problemAt(
          ['filter', 'collections', String(index)],
          `there is no collection of that name: use ${known.join(', ') || 'none'}`
        )
  );
  const chosen = shapes.filter(
    ({ collection }) => !filter.collections || filter.collections.includes(collection)
  );
  if (unknown.length > 0 || chosen.length === 0) return unknown;
  return [...tagProblems(filter, chosen), ...changedProblems(filter, chosen)];
}

function tagProblems({ tags }: HookFilter, shapes: readonly Shape[]): FieldProblem[] {
  if (!tags || shapes.some((shape) => shape.tags !== undefined)) return [];
  const names = shapes.map(({ collection }) => collection).join(', ');
  return problemAt(['filter', 'tags'], `documents of ${names} have no tags: leave it out`);
}

const changedProblems = ({ changed = [] }: HookFilter, shapes: readonly Shape[]): FieldProblem[] =>
  changed.flatMap((key, index) => {
    const problems = shapes.map((shape) => keyProblem(shape, key));
    const isKnown = problems.includes(undefined);
    return isKnown ? [] : problemAt(['filter', 'changed', String(index)], problems[0]);
  });

/** Says which key is probably meant. */
function keyProblem(shape: Shape, key: string): string | undefined {
  const result = parseSelection(shape, [key]);
  return result.kind === 'refused' ? result.message : undefined;
}
