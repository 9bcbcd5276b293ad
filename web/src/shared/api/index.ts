export { answer, api, fetchBytes, socketAddress } from './client';
export { ApiProblem, detailOf, isConflict, wordsOf } from './problem';
export * from './model';
export { problemWords } from './problemWords';
