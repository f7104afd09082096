export * from './document';
export * from './export';
export * from './import';
