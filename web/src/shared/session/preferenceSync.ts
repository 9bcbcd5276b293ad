import { answer, api } from '@/shared/api/client';
import { currentLanguage, setLanguage } from '@/shared/i18n';

import { usePreferences, type Density, type Theme } from './preferences';

/** What the server keeps for the user, so that it is the same on every desk. */
interface Kept {
  theme?: Theme;
  density?: Density;
  sound?: boolean;
  language?: 'ko' | 'en';
}

const saveAfterMs = 1000;

function current(): Kept {
  const { theme, density, sound } = usePreferences.getState();
  return { theme, density, sound, language: currentLanguage() };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function apply(kept: Record<string, unknown>): void {
  const { set } = usePreferences.getState();
  if (kept.theme === 'dark' || kept.theme === 'light') set({ theme: kept.theme });
  if (kept.density === 'cosy' || kept.density === 'compact') set({ density: kept.density });
  if (typeof kept.sound === 'boolean') set({ sound: kept.sound });
  if (kept.language === 'ko' || kept.language === 'en') setLanguage(kept.language);
}

/** Takes over what the server keeps, then saves each change there. Other values that it keeps stay. */
export function syncPreferences(): () => void {
  let others: Record<string, unknown> = {};
  let saved = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = (): void => {
    const text = JSON.stringify(current());
    if (text === saved) return;
    saved = text;
    void answer(api.PUT('/api/v1/preferences', { body: { values: { ...others, ...current() } } })).catch(
      () => undefined,
    );
  };
  const saveSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(save, saveAfterMs);
  };
  const load = async (): Promise<void> => {
    const { values } = await answer(api.GET('/api/v1/preferences'));
    if (isObject(values)) {
      others = values;
      apply(values);
    }
    saved = JSON.stringify(current());
  };
  let stopListening: () => void = () => undefined;
  let isStopped = false;
  const observer = new MutationObserver(saveSoon);
  void load()
    .catch(() => undefined)
    .then(() => {
      if (isStopped) return;
      stopListening = usePreferences.subscribe(saveSoon);
      observer.observe(document.documentElement, { attributeFilter: ['lang'] });
    });
  return () => {
    isStopped = true;
    clearTimeout(timer);
    stopListening();
    observer.disconnect();
  };
}
