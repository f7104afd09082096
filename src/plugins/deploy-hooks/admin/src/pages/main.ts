/** Id of a page's heading: the design system labels the main element with it. */
export const TITLE_ID = 'main-content-title';

/** Moves the focus here from an element that is gone. This id, too, is the design system's. */
export const focusMain = (): void => document.getElementById('main-content')?.focus();
