export * from './document';
export * from './import';
