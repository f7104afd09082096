/** The only clock of the plugin; tests replace `now`. */
export const createClock = () => ({ now: (): Date => new Date() });
