import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PROJECT_DIR } from './cms';

export interface GrownApplication {
  distDir: string;
  /** Reads its log, which contains warnings and errors. */
  readLog(): Promise<string>;
  remove(): Promise<void>;
}

const ROADMAP_API = 'src/api/roadmap';
const SCHEMAS = {
  roadmap: `${ROADMAP_API}/content-types/roadmap/schema.json`,
  sponsor: 'src/api/sponsor/content-types/sponsor/schema.json',
  seo: 'src/components/roadmap/seo.json',
};

/** Additional attributes by schema, for keys of every kind. */
const ATTRIBUTES = {
  roadmap: {
    level: { type: 'integer' },
    isPaid: { type: 'boolean' },
    audience: { type: 'component', component: 'roadmap.audience' },
    prerequisites: { type: 'component', component: 'roadmap.related-question', repeatable: true },
    topics: { type: 'relation', relation: 'oneToMany', target: 'api::tag.tag' },
    nextRoadmaps: { type: 'relation', relation: 'oneToMany', target: 'api::roadmap.roadmap' },
    nextOrder: { type: 'json', private: true },
    partner: { type: 'relation', relation: 'oneToOne', target: 'api::sponsor.sponsor' },
    partnerLabel: { type: 'string', private: true },
    picture: { type: 'media', multiple: false },
  },
  sponsor: { badge: { type: 'string' } },
  seo: { robots: { type: 'text' } },
};

const AUDIENCE = {
  collectionName: 'components_roadmap_audiences',
  info: { displayName: 'Audience' },
  options: {},
  attributes: { role: { type: 'string' }, years: { type: 'float' } },
};

/** The shape of the project with additional keys for these attributes. */
const GROWN_SHAPE = `
const core = require('strapi-plugin-frontmatter/core');
const { shape } = require('./ordinary-frontmatter');
const { sponsor, seo } = shape.keys;
const sponsorKeys = { ...sponsor.keys, badge: core.text({ maxLength: 255 }) };
exports.shape = core.defineShape({
  ...shape,
  keys: {
    level: core.integer(),
    isPaid: core.boolean(),
    ...shape.keys,
    sponsor: core.entry({ ...sponsor, keys: sponsorKeys }),
    partner: core.entry({
      target: 'api::sponsor.sponsor',
      editorName: sponsor.editorName,
      keys: sponsorKeys,
      overrides: { 'event.label': { attribute: 'partnerLabel', placeholders: [] } },
    }),
    seo: core.group({ ...seo.keys, robots: core.text() }),
    audience: core.group({ role: core.text({ maxLength: 255 }), years: core.number() }),
    prerequisites: core.textList({ itemAttribute: 'question' }),
    picture: core.media(),
    topics: core.names({ target: 'api::tag.tag' }),
    nextRoadmaps: core.links({ target: 'api::roadmap.roadmap', orderAttribute: 'nextOrder' }),
  },
  dates: { ...shape.dates, relevant: [...shape.dates.relevant, 'level', 'nextRoadmaps'] },
});
`;

const LOG_TO_FILE = (file: string) => `
  level: 'warn',
  transports: [
    new (require('winston').transports.Stream)({
      stream: new (require('node:stream').Writable)({
        write(line, _encoding, done) {
          require('node:fs').appendFileSync(${JSON.stringify(file)}, line);
          done();
        },
      }),
    }),
  ],`;

export interface ApplicationCopy {
  distDir: string;
  /** Returns the path of one of its files. */
  at(file: string): string;
  remove(): Promise<void>;
}

/** Copies the compiled application with another shape; ours becomes `./ordinary-frontmatter`. */
export async function buildReshapedApplication(shape: string): Promise<ApplicationCopy> {
  const parent = path.join(PROJECT_DIR, '.tmp'); // within the project, so that packages resolve
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(path.join(parent, 'reshaped-'));
  const distDir = path.join(folder, 'dist');
  const at = (file: string) => path.join(distDir, file);
  await cp(path.join(PROJECT_DIR, 'dist'), distDir, { recursive: true });
  await cp(at(`${ROADMAP_API}/frontmatter.js`), at(`${ROADMAP_API}/ordinary-frontmatter.js`));
  await writeFile(at(`${ROADMAP_API}/frontmatter.js`), shape);
  return { distDir, at, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Copies the compiled application with additional attributes and keys, as after a code change. */
export async function buildGrownApplication(): Promise<GrownApplication> {
  const { at, distDir, remove } = await buildReshapedApplication(GROWN_SHAPE);
  const logFile = path.join(distDir, '..', 'log');
  await writeFile(logFile, '');
  for (const [name, file] of Object.entries(SCHEMAS)) {
    const schema = JSON.parse(await readFile(at(file), 'utf8'));
    Object.assign(schema.attributes, ATTRIBUTES[name as keyof typeof SCHEMAS]);
    await writeFile(at(file), JSON.stringify(schema));
  }
  await writeFile(at('src/components/roadmap/audience.json'), JSON.stringify(AUDIENCE));
  const server = await readFile(at('config/server.js'), 'utf8');
  const level = "level: env('LOG_LEVEL', 'http'),";
  if (!server.includes(level)) throw new Error(`config/server.js has no ${level}`);
  await writeFile(at('config/server.js'), server.replace(level, LOG_TO_FILE(logFile)));

  return { distDir, readLog: () => readFile(logFile, 'utf8'), remove };
}
