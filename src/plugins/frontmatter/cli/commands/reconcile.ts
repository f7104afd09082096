import type { Core } from '@strapi/strapi';
import type { Difference, Reconciler } from '../../shared';
import { withApplication } from '../application';
import type { CmsOptions } from '../cms';
import { UsageError } from '../errors';
import { withProgress } from '../progress';
import { printJson, type Output } from '../../kit/command-line';

export interface ReconcileCommandOptions extends CmsOptions {
  check: boolean;
  json: boolean;
}

const WHAT: Record<Difference['kind'], string> = {
  differs: 'readers get something other than what is published',
  missing: 'it is published, and readers get nothing of it',
  orphaned: 'it is not published, and readers get it',
  untracked:
    'readers get it as it is, but what it shows or what moves its date is recorded wrongly',
};

/** Renders everything again and publishes what differs. Returns the exit code. */
export async function reconcile(
  { appDir, url, check, json }: ReconcileCommandOptions,
  output: Output
): Promise<0 | 1> {
  if (url) {
    throw new UsageError(
      'A server compares everything when it starts: restart it. reconcile itself needs the database: run it without --url or FRONTMATTER_URL'
    );
  }
  const task = async (strapi: Core.Strapi) => {
    const reconciler = strapi.plugin('frontmatter').service('reconciler') as Reconciler;
    return withProgress('Reconciling', (onStep) => reconciler.reconcile({ check, onStep }));
  };
  const found = await withApplication(appDir, task, {
    insteadOfWriting: check
      ? undefined
      : () => ['Restart it: a server compares everything when it starts.'],
  });
  if (json) printJson(output, found);
  else printDifferences(found, { check }, output);
  return check && found.length > 0 ? 1 : 0;
}

function printDifferences(
  found: readonly Difference[],
  { check }: { check: boolean },
  output: Output
): void {
  for (const { collection, slug, kind } of found) {
    output.err(`${collection}/${slug}: ${WHAT[kind]}`);
  }
  const count = found.length.toLocaleString('en');
  const noun = found.length === 1 ? 'document' : 'documents';
  output.out(check ? `${count} ${noun} differ` : `${count} ${noun} published again`);
}
