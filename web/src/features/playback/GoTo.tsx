import { useEffect, useRef, type FormEvent } from 'react';

import { useKey } from '@/shared/keyboard';

import type { Deck } from './deck';
import styles from './Playback.module.css';
import { playbackTexts } from './texts';

/** The form of an input of local time: 2026-03-01T14:03:21. */
export function localInput(moment: number): string {
  const local = new Date(moment - new Date(moment).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}

/** The moment in local time, which can be written into: Enter goes there. */
export function GoTo({ deck }: { deck: Deck }) {
  const t = playbackTexts.useText();
  const field = useRef<HTMLInputElement>(null);
  const isEdited = useRef(false);
  useKey('playback', 'G', () => field.current?.focus(), t('goTo'));
  useEffect(() => {
    const show = (): void => {
      const element = field.current;
      if (!element || isEdited.current) return;
      const value = localInput(deck.clock.now());
      if (element.value !== value) element.value = value;
    };
    show();
    const timer = setInterval(show, 200);
    return () => clearInterval(timer);
  }, [deck]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const moment = Date.parse(field.current?.value ?? '');
    if (!Number.isNaN(moment)) deck.clock.seek(moment);
    isEdited.current = false;
    field.current?.blur();
  };
  return (
    <form className={styles.goTo} onSubmit={submit}>
      <input
        ref={field}
        type="datetime-local"
        step={1}
        aria-label={t('goTo')}
        title={t('goTo')}
        onInput={() => (isEdited.current = true)}
        onBlur={() => (isEdited.current = false)}
      />
    </form>
  );
}
