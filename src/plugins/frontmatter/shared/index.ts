export * from './document';
export * from './export';
export * from './history';
export * from './import';
export * from './lint';
export * from './reconcile';
export * from './upload';
export * from './warning';
