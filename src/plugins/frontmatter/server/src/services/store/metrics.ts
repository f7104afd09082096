import type { Core } from '@strapi/strapi';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { getConfig } from '../../config';
import { PUBLICATION, type NewPublication } from '../../models';
import { getReadConnection } from './read-connection';
import type { CacheOutcome } from '../foundation/request-state';
import { getShapes } from '../foundation/shapes';
import { serviceOf } from '../foundation/service-of';

export interface ObservedRequest {
  /** Route pattern, such as `/:collection/:slug`; never a path: paths are unlimited in number. */
  route: string;
  method: string;
  status: number;
  cache: CacheOutcome;
  /** From the arrival of the request until its answer was ready to be sent. */
  seconds: number;
}

/** In seconds: an answer from memory takes less than the first, a write waits up to the last. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

/** Counts for Prometheus what this process does; does nothing if no token is configured. */
export function createMetrics({ strapi }: { strapi: Core.Strapi }) {
  const recorder = getConfig(strapi).metricsToken ? createRecorder(strapi) : undefined;

  return {
    /** All metrics; `undefined` if they are off. */
    registry: recorder?.registry,

    /** Counts a request that was answered. */
    observe({ route, method, status, cache, seconds }: ObservedRequest): void {
      recorder?.requests.inc({ route, method, status, cache });
      recorder?.durations.observe({ route, cache }, seconds);
    },

    /** Counts publications once the surrounding transaction is committed. */
    async countPublications(rows: readonly NewPublication[]): Promise<void> {
      if (!recorder) return;
      const count = () => {
        for (const { collection, reason } of rows)
          recorder.publications.inc({ collection, reason });
      };
      await strapi.db.transaction(({ onCommit }) => onCommit(count));
    },
  };
}

function createRecorder(strapi: Core.Strapi) {
  const registry = new Registry(); // not the global one, which another application may have filled
  const registers = [registry];
  // Reads without waiting for writes: a scrape must not wait for an import.
  const publications = () => getReadConnection(strapi).query(PUBLICATION.tableName);

  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'frontmatter_feed_position',
    help: 'Sequence number of the newest publication.',
    registers,
    async collect() {
      const newest = await publications().max('seq as seq').first();
      this.set(Number(newest?.seq ?? 0));
    },
  });
  new Gauge({
    name: 'frontmatter_documents',
    help: 'Documents that readers get.',
    labelNames: ['collection'],
    registers,
    async collect() {
      for (const { collection } of getShapes(strapi).all()) {
        const live = await publications()
          .where({ collection, is_current: true, state: 'live' })
          .count('id as count')
          .first();
        this.set({ collection }, Number(live?.count ?? 0));
      }
    },
  });

  return {
    registry,
    requests: new Counter({
      name: 'frontmatter_http_requests_total',
      help: 'Requests to the paths of the plugin that this process answered.',
      labelNames: ['route', 'method', 'status', 'cache'],
      registers,
    }),
    durations: new Histogram({
      name: 'frontmatter_http_request_duration_seconds',
      help: 'Time from the arrival of a request until its answer was ready to be sent.',
      labelNames: ['route', 'cache'],
      buckets: BUCKETS,
      registers,
    }),
    publications: new Counter({
      name: 'frontmatter_publications_total',
      help: 'Publications that this process recorded.',
      labelNames: ['collection', 'reason'],
      registers,
    }),
  };
}

export const getMetrics = serviceOf('metrics', createMetrics);
