import type { Answer, Hook } from '../../../shared';
import { PLUGIN_ID } from '../plugin-id';
import { usePolled } from './use-polled';

export const HOOKS_PATH = `/${PLUGIN_ID}/hooks`;

/** All sites with their states, following along. */
export const useHooks = () => usePolled<Answer<Hook[]>>(HOOKS_PATH);

/** One site with its state, following along. */
export const useHook = (id: string) => usePolled<Answer<Hook>>(`${HOOKS_PATH}/${id}`);
