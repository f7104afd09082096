import { createServiceOf } from '../../../../kit/service-of';
import { PLUGIN_ID } from '../../plugin-id';

/** Creates the accessor of a service: `getPublisher = serviceOf('publisher', createPublisher)`. */
export const serviceOf = createServiceOf(PLUGIN_ID);
