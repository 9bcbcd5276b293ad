export { answer, api, fetchBytes, socketAddress } from './client';
export { ApiProblem, detailOf, isConflict, isKnown, wordsOf } from './problem';
export * from './model';
export { problemWords } from './problemWords';
