/** Id of a page's heading: the design system labels the main element with it. */
export const TITLE_ID = 'main-content-title';

/** Moves the focus from an element that is gone. This id is the design system's, too. */
export const focusMain = (): void => document.getElementById('main-content')?.focus();
