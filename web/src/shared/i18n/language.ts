import i18next from 'i18next';
import { useSyncExternalStore } from 'react';

export const languages = ['ko', 'en'] as const;
export type Language = (typeof languages)[number];

const storageKey = 'bongsu.language';
const listeners = new Set<() => void>();

function initialLanguage(): Language {
  const stored = localStorage.getItem(storageKey);
  if (stored === 'ko' || stored === 'en') return stored;
  return navigator.language.startsWith('en') ? 'en' : 'ko';
}

let current: Language = initialLanguage();

void i18next.init({
  lng: current,
  fallbackLng: 'ko',
  resources: {},
  interpolation: { escapeValue: false },
  initAsync: false,
});
document.documentElement.lang = current;

export function currentLanguage(): Language {
  return current;
}

export function setLanguage(language: Language): void {
  current = language;
  localStorage.setItem(storageKey, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The language in use; the component renders again when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage);
}
