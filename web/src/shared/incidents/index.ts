export * from './store';
export * from './words';
