import { afterEach, expect, it } from 'vitest';

import { setLanguage } from '@/shared/i18n';

import { problemWords } from './problemWords';

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

it('falls back to the words of the server', () => {
  expect(problemWords({ code: 'refused', values: {}, words: 'the disk is full' })).toBe('the disk is full');
  expect(problemWords({ words: 'an older server' })).toBe('an older server');
});
