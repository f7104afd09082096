import type { Answer, Hook } from '../../../shared';
import { PLUGIN_ID } from '../plugin-id';
import { usePolled } from './use-polled';

export const HOOKS_PATH = `/${PLUGIN_ID}/hooks`;

/** Returns all sites with their states, and keeps them up to date. */
export const useHooks = () => usePolled<Answer<Hook[]>>(HOOKS_PATH);

/** Returns one site with its state, and keeps it up to date. */
export const useHook = (id: string) => usePolled<Answer<Hook>>(`${HOOKS_PATH}/${id}`);
