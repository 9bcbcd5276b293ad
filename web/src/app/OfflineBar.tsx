import { Unplug } from 'lucide-react';

import { stream, useHub } from '@/shared/stream/hub';
import { formatSpan, formatTime, useNow } from '@/shared/time/time';

import styles from './OfflineBar.module.css';
import { appTexts } from './texts';

/** A cut of less than this is mended without a word. */
const graceMs = 2000;

/** Says that nothing comes in, since when, and what happens next. Unmistakable, at the top of every page. */
export function OfflineBar() {
  const t = appTexts.useText();
  const { phase, lostSince, nextAttempt } = useHub((store) => store.status);
  useNow();
  const current = Date.now();
  if (phase === 'open' || phase === 'stopped' || lostSince === null || current - lostSince < graceMs)
    return null;
  const wait = nextAttempt === null ? 0 : Math.max(0, Math.ceil((nextAttempt - current) / 1000));
  return (
    <div className={styles.bar} role="alert">
      <Unplug aria-hidden="true" />
      <strong className={styles.title}>{t('offline.title')}</strong>
      <span>
        {t('offline.since', { time: formatTime(lostSince), span: formatSpan(current - lostSince) })}
      </span>
      <span>{t('offline.meaning')}</span>
      <span className={styles.next} aria-hidden="true">
        {wait > 0 ? t('offline.next', { n: wait }) : t('offline.trying')}
      </span>
      <button type="button" className={styles.retry} onClick={() => stream.retryNow()}>
        {t('offline.retry')}
      </button>
    </div>
  );
}
