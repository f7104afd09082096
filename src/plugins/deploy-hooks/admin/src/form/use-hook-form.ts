import { useEffect, useRef, useState, type FormEvent } from 'react';
import { concerns, readFailure, type Failure, type FieldProblem } from '../data/failure';
import { useTexts } from '../text/use-texts';
import { toList, type FormValues } from './form-values';
import { ownProblems } from './own-problems';

/** Paths of problems in the API's answers, by the field that shows them. */
const FIELD_PATHS = {
  name: 'name',
  preset: 'preset',
  url: 'url',
  token: 'token',
  reportSecret: 'reportSecret',
  headers: 'headers',
  collections: 'filter.collections',
  tags: 'filter.tags',
  changed: 'filter.changed',
  quietPeriod: 'quietPeriodMs',
  maxWait: 'maxWaitMs',
  statusUrl: 'statusUrl',
  isEnabled: 'isEnabled',
  fromBeginning: 'fromBeginning',
} satisfies Record<keyof FormValues, string>;

/** Holds what is typed into the form, and what is wrong with it. */
export function useHookForm(opened: FormValues, save: (values: FormValues) => Promise<void>) {
  const say = useTexts();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState(opened);
  const [refused, setRefused] = useState<Failure>();
  const [isSaving, setIsSaving] = useState(false);

  // After the problems are rendered.
  useEffect(() => {
    if (!refused) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.focus();
  }, [refused]);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (isSaving) return;
    const problems = ownProblems(values, opened).map(({ field, text, values: given }) => {
      return { path: FIELD_PATHS[field], message: say(text, given) };
    });
    if (problems.length > 0) {
      setRefused({ message: '', problems });
      return;
    }
    setIsSaving(true);
    await save(values).then(
      () => setRefused(undefined),
      (error) => setRefused(readFailure(error))
    );
    setIsSaving(false);
  }

  return {
    form,
    values,
    submit,
    isSaving,
    set: (changes: Partial<FormValues>) => setValues((before) => ({ ...before, ...changes })),
    /** Why it was not saved, unless a field says so. */
    failure: refused && failureBeside(refused),
    /** Returns what is wrong with a field; `undefined` if nothing is. */
    errorOf: (field: keyof FormValues): string | undefined =>
      refused?.problems
        .filter((problem) => concerns(FIELD_PATHS[field], problem))
        .map((problem) => inWords(field, problem, values))
        .join('; ') || undefined,
  };
}

export type HookFormState = ReturnType<typeof useHookForm>;

function failureBeside({ message, problems }: Failure): string | undefined {
  if (problems.length === 0) return message;
  const paths = Object.values(FIELD_PATHS);
  const elsewhere = problems.filter((problem) => !paths.some((path) => concerns(path, problem)));
  return elsewhere.map((problem) => problem.message).join('; ') || undefined;
}

/** Prefixes a problem with the header or line that it concerns. */
function inWords(field: keyof FormValues, problem: FieldProblem, values: FormValues): string {
  const item = problem.path.slice(FIELD_PATHS[field].length + 1);
  if (item === '') return problem.message;
  const name = field === 'headers' ? item : toList(String(values[field]))[Number(item)];
  return `${name ?? item}: ${problem.message}`;
}
