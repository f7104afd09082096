import path from 'node:path';
import { ESLint, type Linter } from 'eslint';
import config from '../../eslint.config.js';

const projectDir = path.resolve(__dirname, '..', '..');

/** Lints with a given configuration: loading it needs import(), which Jest's sandbox lacks. */
async function lint(file: string, code: string): Promise<string[]> {
  const eslint = new ESLint({
    cwd: projectDir,
    overrideConfigFile: true,
    overrideConfig: config as Linter.Config[], // the two packages type it a little differently
  });
  const [result] = await eslint.lintText(code, {
    filePath: path.join(projectDir, 'src/plugins/frontmatter', file),
  });
  return (result?.messages ?? []).map(({ ruleId }) => ruleId ?? 'parse-error');
}

const use = (source: string) => `import { x } from '${source}';\nexport const y = x;\n`;

test.each([
  ['core/x.ts', '../shared'],
  ['core/x.ts', '../server/src/register'],
  ['core/fields/x.ts', '../../cli/report'],
  ['core/x.ts', 'node:fs'],
  ['core/x.ts', '@strapi/strapi'],
  ['shared/x.ts', '../server/src/register'],
  ['shared/x.ts', '../node/load-shapes'],
  ['admin/src/x.ts', '../../node/load-shapes'],
  ['server/src/x.ts', '../../cli/report'],
  ['server/src/services/x.ts', '../../../admin/src/index'],
  ['server/src/services/x.ts', '../../../core/parse'],
  ['cli/x.ts', '../server/src/services/importer'],
  ['cli/commands/x.ts', '../../core/parse'],
  ['admin/src/x.ts', '../../server/src/register'],
  ['admin/src/x.ts', '../../kit/log'],
  ['kit/x.ts', '../core'],
  ['kit/x.ts', '../server/src/register'],
  ['server/src/x.ts', '@strapi/utils'],
  ['kit/x.ts', 'http-errors'],
  ['server/src/x.ts', 'strapi-plugin-deploy-hooks/strapi-server'],
  ['core/x.ts', '../../deploy-hooks/core'],
  ['server/src/services/store/x.ts', '../rendering/renderer'],
  ['server/src/services/foundation/log.ts', '../store/write-lock'],
  ['server/src/services/publishing/x.ts', '../reading/lists'],
  ['server/src/services/importing/x.ts', '../writing/entries'],
  ['server/src/services/reading/answer-cache/x.ts', '../../publishing/dates'],
  ['server/src/services/reading/x.ts', '../../controllers/answer'],
  ['server/src/services/store/x.ts', '../../../../core/parse'],
])('lint rejects that %s imports %s', async (file, source) => {
  expect(await lint(file, use(source))).toEqual(['no-restricted-imports']);
});

test.each([
  ['core/x.ts', './parse'],
  ['core/fields/x.ts', '../tree'],
  ['shared/x.ts', '../core'],
  ['server/src/services/x.ts', '../../../core'],
  ['server/src/services/publishing/x.ts', '../rendering/renderer'],
  ['server/src/services/publishing/x.ts', '../foundation/log'],
  ['server/src/services/reading/answer-cache/x.ts', '../../store/read-connection'],
  ['server/src/services/store/x.ts', '../../models'],
  ['server/src/services/x.ts', '../../../shared'],
  ['cli/commands/x.ts', '../../shared'],
])('lint allows %s to import %s', async (file, source) => {
  expect(await lint(file, use(source))).toEqual([]);
});
