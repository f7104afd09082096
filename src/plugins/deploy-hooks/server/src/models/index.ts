export * from './delivery';
export * from './hook';
