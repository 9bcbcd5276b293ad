import { useEffect, useState } from 'react';

import { Loading } from '@/shared/ui';

import styles from './Supervision.module.css';
import { supervisionTexts } from './texts';
import type { Period } from './useSupervision';

/** A long period takes the server some seconds: says what is being gathered, and that it goes on. */
export function Gathering({ period, rows }: { period: Period; rows: number }) {
  const t = supervisionTexts.useText();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <p className={styles.empty} role="status">
        {t('gathering', { period: t(`periods.${period}`), n: seconds })}
      </p>
      <progress className={styles.progress} aria-label={t('report')} />
      <Loading rows={rows} />
    </>
  );
}
