export { useKey, useKeyLayer } from './useKey';
export { listedKeys, listenToKeys, type KeyBinding } from './registry';
