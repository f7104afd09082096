import { createClock } from './clock';
import { createDates } from './dates';
import { createDocuments } from './documents';
import { createImporter } from './importer';
import { createShapes } from './shapes';
import { createWriteContext } from './write-context';
import { createWriteLock } from './write-lock';

export const services = {
  clock: createClock,
  dates: createDates,
  documents: createDocuments,
  importer: createImporter,
  shapes: createShapes,
  'write-context': createWriteContext,
  'write-lock': createWriteLock,
};

export type Services = typeof services;
