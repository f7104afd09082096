import { ConfigurationError } from 'strapi-plugin-frontmatter/kit/configuration-error';
import { errors, type ApplicationError } from 'strapi-plugin-frontmatter/kit/strapi-utils';
import { signs } from '../../../../../core';
import type { HookSettings } from '../../../../../shared';
import {
  fieldError,
  formatProblem,
  parseFields,
  type FieldProblem,
} from 'strapi-plugin-frontmatter/kit/field-error';
import type { GivenSettings } from './rules';
import { createBody } from './schema';

/** A hook as declared in the environment. */
export interface Declaration {
  settings: HookSettings;
  secret: string | undefined;
  fromBeginning: boolean;
}

type FindProblems = (settings: GivenSettings, touched: readonly string[]) => FieldProblem[];

const VARIABLE = 'DEPLOY_HOOKS_DECLARED';

/**
 * @param declared A list, or its JSON text.
 * @throws Error that names the position, and quotes nothing of what is declared there.
 */
export function readDeclarations(
  declared: string | readonly unknown[],
  findProblems: FindProblems
): Declaration[] {
  const declarations = listOf(declared).map((one, index) => {
    try {
      return readOne(one, findProblems);
    } catch (error) {
      if (error instanceof errors.ValidationError) throw placedError(error, index);
      throw error;
    }
  });
  const names = declarations.map(({ settings }) => settings.name);
  const repeated = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (repeated < 0) return declarations;
  throw configurationError('name: another hook there has this name: choose one', `[${repeated}]`);
}

/** @throws ValidationError */
function readOne(declared: unknown, findProblems: FindProblems): Declaration {
  const { secret, fromBeginning, ...settings } = parseFields(createBody, declared);
  const given = { ...settings, secret };
  const found = findProblems(given, Object.keys(given));
  // A generated one would differ in each replica, and nobody would see it.
  const isMissing = signs(settings.preset) && secret === undefined;
  const missing: FieldProblem[] = isMissing
    ? [{ path: ['secret'], message: 'is missing: whsec_ and base64 of 24 to 64 random bytes' }]
    : [];
  if (found.length + missing.length > 0) throw fieldError([...found, ...missing]);
  return { settings, secret, fromBeginning };
}

/** @throws Error without the text, which the message of JSON.parse quotes. */
function listOf(declared: string | readonly unknown[]): readonly unknown[] {
  if (typeof declared !== 'string') return declared;
  const text = declared.trim() || '[]';
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed)) return parsed;
  } catch {
    throw configurationError('is not valid JSON: check quotes, commas and brackets');
  }
  throw configurationError('must be a list of hooks: [{ "name": …, "url": … }]');
}

function placedError({ details }: ApplicationError, index: number): Error {
  const { errors: problems } = details as { errors: FieldProblem[] };
  return configurationError(problems.map(formatProblem).join('; '), `[${index}]`);
}

const configurationError = (message: string, place = ''): Error =>
  new ConfigurationError(`${VARIABLE}${place}: ${message}`);
