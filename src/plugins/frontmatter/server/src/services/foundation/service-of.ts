import { createServiceOf } from '../../../../kit/service-of';
import { PLUGIN_ID } from '../../plugin-id';

/** The typed accessor of a service: `export const getPublisher = serviceOf('publisher', createPublisher)`. */
export const serviceOf = createServiceOf(PLUGIN_ID);
