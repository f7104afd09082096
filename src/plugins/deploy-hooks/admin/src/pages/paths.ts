import { PLUGIN_ID } from '../plugin-id';

/** Path of the list of sites, below the panel's own path. */
export const LIST_PATH = `/plugins/${PLUGIN_ID}`;
export const NEW_PATH = `${LIST_PATH}/new`;
export const sitePath = (id: number): string => `${LIST_PATH}/${id}`;
export const editPath = (id: number): string => `${LIST_PATH}/${id}/edit`;
