import { currentLanguage } from '@/shared/i18n/language';

import { problemTexts } from './problemTexts';

interface Coded {
  code?: string;
  values?: Record<string, string>;
  /** The server's own sentence, in English. */
  words: string;
}

/** Whether the code says more than the status of the answer does. */
export function tellsWhat(code: string): boolean {
  return problemTexts.has(`code.${code}`);
}

/**
 * A problem in the language of the page. What has only a general code is said in the server's own words where they are of that
 * language: nobody has to read a second one.
 */
export function problemWords({ code = '', values = {}, words }: Coded): string {
  const isTold = Object.values(values).some((value) => value !== '');
  const key = [...(isTold ? [`code.${code}_with`] : []), `code.${code}`].find(problemTexts.has);
  if (key !== undefined && problemTexts.has(key)) return problemTexts.t(key, values);
  if (words !== '' && currentLanguage() === 'en') return words;
  const general = `general.${code}`;
  return problemTexts.t(problemTexts.has(general) ? general : 'general.refused');
}
