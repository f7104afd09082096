export * from './document';
export * from './export';
export * from './import';
export * from './reconcile';
export * from './upload';
