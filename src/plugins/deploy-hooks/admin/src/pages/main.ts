/** Of the heading that names a page: the design system names the main part by it. */
export const TITLE_ID = 'main-content-title';

/** For what had the focus and is no longer there. The id is of the design system, too. */
export const focusMain = (): void => document.getElementById('main-content')?.focus();
