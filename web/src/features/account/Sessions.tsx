import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { answer, api } from '@/shared/api';
import { formatAgo, formatDateTime, useNow } from '@/shared/time/time';
import { Badge, Button, ErrorState, Loading, toast, toastError } from '@/shared/ui';

import styles from './Account.module.css';
import { accountTexts } from './texts';

/** Where one is logged in; any of them can be ended. */
export function Sessions() {
  const t = accountTexts.useText();
  const nowMs = useNow();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['sessions'],
    queryFn: () => answer(api.GET('/api/v1/sessions')),
  });
  const end = useMutation({
    mutationFn: (session: string) =>
      answer(api.DELETE('/api/v1/sessions/{session}', { params: { path: { session } } })),
    onSuccess: () => toast(t('ended')),
    onError: (problem) => toastError(t('failed'), problem),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['sessions'] }),
  });
  if (error) return <ErrorState title={t('sessionsFailed')} error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading rows={2} />;
  return (
    <ul className={styles.list}>
      {data.sessions.map((session) => (
        <li key={session.id} className={styles.row}>
          <div className={styles.main}>
            <p>
              {session.address} {session.is_current && <Badge>{t('current')}</Badge>}
            </p>
            <p>
              {[
                session.agent,
                t('since', { time: formatDateTime(session.created) }),
                t('lastSeen', { time: formatAgo(nowMs - Date.parse(session.last_seen)) }),
              ].join(' · ')}
            </p>
          </div>
          {!session.is_current && <Button onClick={() => end.mutate(session.id)}>{t('end')}</Button>}
        </li>
      ))}
    </ul>
  );
}
