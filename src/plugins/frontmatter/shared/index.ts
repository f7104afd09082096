export * from './document';
export * from './import';
export { loadShapes } from './load-shapes';
