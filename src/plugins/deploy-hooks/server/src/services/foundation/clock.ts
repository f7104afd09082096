import { serviceOf } from './service-of';
/** The only clock of the plugin; tests replace `now`. */
export const createClock = () => ({ now: (): Date => new Date() });

export const getClock = serviceOf('clock', createClock);
