import { useSyncExternalStore } from 'react';

import { common, currentLanguage } from '@/shared/i18n';

let offsetMs = 0;

/** The server's clock minus this computer's; set from the event stream's welcome. */
export function setClockOffset(milliseconds: number): void {
  offsetMs = milliseconds;
}

/** Now by the server's clock, milliseconds since 1970. */
export function now(): number {
  return Date.now() + offsetMs;
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let tick = now();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    tick = now();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** Now, once a second, from one timer for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => tick);
}

/** "31초", "2분", "3시간 5분", "4일". */
export function formatSpan(milliseconds: number): string {
  const { t } = common;
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return t('time.seconds', { n: seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t('time.minutes', { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24)
    return minutes % 60
      ? t('time.hoursMinutes', { h: hours, m: minutes % 60 })
      : t('time.hours', { n: hours });
  return t('time.days', { n: Math.floor(hours / 24) });
}

export function formatAgo(milliseconds: number): string {
  if (milliseconds < 1000) return common.t('time.now');
  return common.t('time.ago', { time: formatSpan(milliseconds) });
}

type Moment = string | number;

function format(moment: Moment, options: Intl.DateTimeFormatOptions): string {
  const locale = currentLanguage() === 'ko' ? 'ko-KR' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { hourCycle: 'h23', ...options }).format(new Date(moment));
}

/** 14:03:21 in the local time of the centre. */
export function formatTime(moment: Moment): string {
  return format(moment, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

export function formatHour(moment: Moment): string {
  return format(moment, { hour: '2-digit', minute: '2-digit' });
}

/** 11. 22. (일), 22 Nov */
export function formatDay(moment: Moment): string {
  return format(moment, { month: 'numeric', day: 'numeric' });
}

export function formatDateTime(moment: Moment): string {
  return format(moment, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}

export function formatDate(moment: Moment): string {
  return format(moment, { year: 'numeric', month: '2-digit', day: '2-digit', weekday: 'short' });
}
