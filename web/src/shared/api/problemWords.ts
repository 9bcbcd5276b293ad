import { problemTexts } from './problemTexts';

interface Coded {
  code?: string;
  values?: Record<string, string>;
  /** The server's own sentence, in English. */
  words: string;
}

/** A problem in the language of the page; in the server's words where its code is not known. */
export function problemWords({ code = '', values = {}, words }: Coded): string {
  const isTold = Object.values(values).some((value) => value !== '');
  const key = [...(isTold ? [`code.${code}_with`] : []), `code.${code}`].find(problemTexts.has);
  return key !== undefined && problemTexts.has(key) ? problemTexts.t(key, values) : words;
}
