import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

import { detailOf, wordsOf } from '@/shared/api/problem';
import { common } from '@/shared/i18n';

import { Button } from './Button';
import styles from './States.module.css';

interface EmptyProps {
  icon?: ReactNode;
  title: string;
  /** The next step, in a sentence. */
  text?: string;
  children?: ReactNode;
}

/** Nothing here: says so, and teaches the next step. */
export function Empty({ icon, title, text, children }: EmptyProps) {
  return (
    <div className={styles.state}>
      {icon !== undefined && (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      <p className={styles.title}>{title}</p>
      {text !== undefined && <p className={styles.text}>{text}</p>}
      {children !== undefined && <div className={styles.actions}>{children}</div>}
    </div>
  );
}

/** Something failed: what, which, what to do, and a button that does it. */
export function ErrorState({
  title,
  error,
  onRetry,
}: {
  title: string;
  error: unknown;
  onRetry?: () => void;
}) {
  const t = common.useText();
  const detail = detailOf(error);
  return (
    <div className={styles.state} role="alert">
      <span className={styles.icon} aria-hidden="true">
        <CircleAlert />
      </span>
      <p className={styles.title}>{title}</p>
      <p className={styles.text}>{wordsOf(error)}</p>
      {detail !== '' && <p className={styles.detail}>{detail}</p>}
      {onRetry && (
        <div className={styles.actions}>
          <Button onClick={onRetry}>{t('action.retry')}</Button>
        </div>
      )}
    </div>
  );
}

/** Quiet bars in place of what is being loaded; they appear only when it takes longer than a moment. */
export function Loading({ rows = 3 }: { rows?: number }) {
  const t = common.useText();
  return (
    <div className={styles.loading} role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.bar} style={{ width: `${90 - ((row * 23) % 50)}%` }} />
      ))}
    </div>
  );
}
