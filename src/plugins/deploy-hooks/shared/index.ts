export * from './alert';
export * from './delivery';
export * from './document';
export * from './hook';
export * from './services';
export * from './timing';
