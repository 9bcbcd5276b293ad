import contract from 'virtual:contract';
import { afterEach, expect, it } from 'vitest';

import { setLanguage } from '@/shared/i18n';

import type { Schemas } from './model';
import { ApiProblem, detailOf, wordsOf } from './problem';
import { problemWords } from './problemWords';

const { schemas } = (contract as { components: { schemas: { ProblemCode: { enum: string[] } } } }).components;
const codes = schemas.ProblemCode.enum;

afterEach(() => setLanguage('ko'));

it('tells a problem by its code in the language of the page', () => {
  const problem = {
    code: 'out_of_range',
    values: { value: '137', min: '-90', max: '90' },
    words: "'137' is ...",
  };
  setLanguage('ko');
  expect(problemWords(problem)).toBe('-90부터 90까지만 됩니다.');
  setLanguage('en');
  expect(problemWords(problem)).toBe('Only -90 to 90 is possible.');
});

it('leaves out what the server gave no value for', () => {
  setLanguage('ko');
  expect(problemWords({ code: 'unknown_column', values: { near: '' }, words: '' })).toMatch(
    /^모르는 열입니다\. 열 이름/,
  );
  expect(problemWords({ code: 'out_of_range', words: '' })).toBe('정해진 범위를 벗어났습니다.');
});

it('says what has only a general code in the words of the server where people read English', () => {
  const problem = { code: 'refused', values: {}, words: 'the disk is full' };
  setLanguage('en');
  expect(problemWords(problem)).toBe('the disk is full');
  expect(problemWords({ words: 'an older server' })).toBe('an older server');
  setLanguage('ko');
  expect(problemWords(problem)).toBe('받아들일 수 없는 값입니다.');
  expect(problemWords({ words: 'an older server' })).toBe('받아들일 수 없는 값입니다.');
});

it.each(codes)('has words for %s in both languages', (code) => {
  const problem = new ApiProblem(409, {
    code: code as Schemas['ProblemCode'],
    detail: "camera 'gate' is refused",
    errors: [{ path: '', words: 'the words of the server', code: code as Schemas['ProblemCode'] }],
  });
  setLanguage('ko');
  const words = problemWords({ code, words: 'the words of the server' });
  expect(words).toMatch(/[가-힣]/);
  expect(words).not.toMatch(/{{|the words of the server/);
  expect(detailOf(problem)).not.toMatch(/gate/);
  expect(`${wordsOf(problem)} ${detailOf(problem)}`).toMatch(/[가-힣]/);
  setLanguage('en');
  expect(problemWords({ code, words: 'the words of the server' })).not.toMatch(/[가-힣]|{{/);
  expect(detailOf(problem)).not.toBe('');
});
