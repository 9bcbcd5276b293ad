import i18next from 'i18next';

import { currentLanguage, useLanguage } from './language';

export type TextTree = { [key: string]: string | TextTree };

/** The same keys as T, with any words: English must have exactly the keys of Korean. */
type Same<T> = { [K in keyof T]: T[K] extends string ? string : Same<T[K]> };

type Keys<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Keys<T[K]>}`;
}[keyof T & string];

export type Values = Record<string, string | number>;
export type Translate<T> = (key: Keys<T>, values?: Values) => string;

export interface Texts<T> {
  readonly namespace: string;
  readonly ko: T;
  readonly en: Same<T>;
  /** The words now, for code outside components. */
  t: Translate<T>;
  /** The words in a component: renders again when the language changes. */
  useText: () => Translate<T>;
  /** Whether a key that came from outside (a kind, a state) has words. */
  has: (key: string) => key is Keys<T>;
}

/**
 * Declares the texts of one feature. Korean comes first and gives the keys. `{{name}}` inserts a value.
 * Files that call this are named `texts.ts`: the test of languages finds them by that name.
 */
export function defineTexts<const T extends TextTree>(
  namespace: string,
  texts: { ko: T; en: Same<T> },
): Texts<T> {
  i18next.addResourceBundle('ko', namespace, texts.ko);
  i18next.addResourceBundle('en', namespace, texts.en);
  const inLanguage = (lng: string): Translate<T> => {
    return (key, values) => i18next.t(key, { ns: namespace, lng, ...values });
  };
  return {
    namespace,
    ...texts,
    t: (key, values) => inLanguage(currentLanguage())(key, values),
    useText: () => inLanguage(useLanguage()),
    has: (key): key is Keys<T> => i18next.exists(key, { ns: namespace }),
  };
}
