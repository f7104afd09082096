export * from './alert';
export * from './answer';
export * from './delivery';
export * from './document';
export * from './hook';
export * from './services';
export * from './timing';
