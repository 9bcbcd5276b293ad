import { useEffect } from 'react';

import { loadSession } from '@/shared/session/session';
import { Button, Empty } from '@/shared/ui';

import { appTexts } from './texts';

const retryEveryMs = 3000;

/** The server did not answer when the page was opened. */
export function Unreachable() {
  const t = appTexts.useText();
  useEffect(() => {
    const timer = setInterval(() => void loadSession(), retryEveryMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <Empty title={t('offline.unreachable')} text={t('offline.unreachableText')}>
      <Button onClick={() => void loadSession()}>{t('offline.retry')}</Button>
    </Empty>
  );
}
