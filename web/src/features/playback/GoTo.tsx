import { useEffect, useRef, type FormEvent } from 'react';

import { useKey } from '@/shared/keyboard';
import { toast } from '@/shared/ui';

import type { Deck } from './deck';
import styles from './Playback.module.css';
import { playbackTexts } from './texts';

/** The form of an input of local time: 2026-03-01T14:03:21. */
export function localInput(moment: number): string {
  const local = new Date(moment - new Date(moment).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}

/**
 * What people write for a moment: "14:03", "14:03:21", "03-01 14:03", "2026-03-01 14:03:21". What is left out is taken from
 * `near`. Null when it is none of these.
 */
export function parseMoment(text: string, near: number): number | null {
  const form = /^(?:(?:(\d{4})[-./])?(\d{1,2})[-./](\d{1,2})[ T]+)?(\d{1,2}):(\d{2})(?::(\d{2}))?$/;
  const found = form.exec(text.trim());
  if (!found) return null;
  const [, year, month, day, hour, minute, second] = found;
  const date = new Date(near);
  if (month !== undefined && day !== undefined) {
    date.setFullYear(year === undefined ? date.getFullYear() : Number(year), Number(month) - 1, Number(day));
  }
  date.setHours(Number(hour), Number(minute), Number(second ?? 0), 0);
  return date.getTime();
}

function written(moment: number): string {
  return localInput(moment).replace('T', ' ');
}

/** The moment in local time, which can be written over: Enter goes there. */
export function GoTo({ deck }: { deck: Deck }) {
  const t = playbackTexts.useText();
  const field = useRef<HTMLInputElement>(null);
  const isFocused = useRef(false);
  useKey('playback', 'G', () => field.current?.focus(), t('goTo'));
  useEffect(() => {
    const show = (): void => {
      const element = field.current;
      if (!element || isFocused.current) return;
      const value = written(deck.clock.now());
      if (element.value !== value) element.value = value;
    };
    show();
    const timer = setInterval(show, 200);
    return () => clearInterval(timer);
  }, [deck]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const moment = parseMoment(field.current?.value ?? '', deck.clock.now());
    if (moment === null) {
      toast(t('goToWrong'));
      return;
    }
    deck.clock.seek(moment);
    field.current?.blur();
  };
  return (
    <form className={styles.goTo} onSubmit={submit}>
      <input
        ref={field}
        aria-label={t('goTo')}
        title={t('goToHint')}
        spellCheck={false}
        autoComplete="off"
        onFocus={(event) => {
          isFocused.current = true;
          event.currentTarget.select();
        }}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        onBlur={() => (isFocused.current = false)}
      />
    </form>
  );
}
