import type { Core } from '@strapi/strapi';
/** The only clock of the plugin; tests replace `now`. */
import { PLUGIN_ID } from '../../plugin-id';
export const createClock = () => ({ now: (): Date => new Date() });

export type Clock = ReturnType<typeof createClock>;

export const getClock = (strapi: Core.Strapi): Clock =>
  strapi.plugin(PLUGIN_ID).service('clock') as Clock;
