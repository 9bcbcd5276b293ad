import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Lightbulb } from 'lucide-react';

import { answer, api, type Schemas } from '@/shared/api';
import { useKey } from '@/shared/keyboard';
import { useRight } from '@/shared/session/session';
import { Button, toast, toastError } from '@/shared/ui';

import styles from './Context.module.css';
import { queueTexts } from './texts';

type Suggestion = Schemas['Suggestion'];

/** What accepting it would change, as far as one sentence can say it. */
function kindOfChange({ kind, stopped, false_alarms: all, patch }: Suggestion): string {
  const { t } = queueTexts;
  const [first] = Array.isArray(patch) ? (patch as { path?: string; value?: unknown }[]) : [];
  const setting = first?.path?.split('/').at(-1) ?? '';
  const value = typeof first?.value === 'number' || typeof first?.value === 'string' ? first.value : null;
  const what =
    kind === 'threshold' && value !== null && queueTexts.has(`suggestion.setting.${setting}`)
      ? t(`suggestion.setting.${setting}` as 'suggestion.setting.dwell', { value })
      : t(`suggestion.${kind}Why`);
  return stopped === undefined ? what : `${what} ${t('suggestion.stops', { n: stopped, all })}`;
}

/** What would stop false alarms like this one; one key accepts it. */
export function SuggestionCard({ incident }: { incident: string }) {
  const t = queueTexts.useText();
  const queries = useQueryClient();
  const mayAccept = useRight('configure_rules');
  const { data } = useQuery({
    queryKey: ['incident', incident, 'suggestion'],
    queryFn: () =>
      answer(api.GET('/api/v1/incidents/{incident}/suggestion', { params: { path: { incident } } })),
    retry: false,
    staleTime: 60_000,
  });
  const suggestion = data?.suggestion ?? null;
  const accept = useMutation({
    mutationFn: (id: string) =>
      answer(api.POST('/api/v1/suggestions/{suggestion}/accept', { params: { path: { suggestion: id } } })),
    onSuccess: () => {
      toast(t('suggestion.accepted'));
      void queries.invalidateQueries({ queryKey: ['suggestions'] });
      queries.setQueryData(['incident', incident, 'suggestion'], { suggestion: null });
    },
    onError: (error) => toastError(t('suggestion.failed'), error),
  });
  const isShown = suggestion !== null && mayAccept;
  useKey('control', 'Y', () => suggestion && accept.mutate(suggestion.id), t('suggestion.accept'), {
    when: isShown,
  });
  if (suggestion === null) return null;
  const { days, verdicts, false_alarms: falseAlarms } = suggestion;
  return (
    <aside className={styles.suggestion} aria-label={t('suggestion.title')}>
      <strong>{t(`suggestion.${suggestion.kind}`)}</strong>
      <p>{kindOfChange(suggestion)}</p>
      <p>{t('suggestion.evidence', { days, verdicts, falseAlarms })}</p>
      {mayAccept && (
        <Button
          icon={<Lightbulb />}
          keyName="Y"
          isBusy={accept.isPending}
          onClick={() => accept.mutate(suggestion.id)}
        >
          {t('suggestion.accept')}
        </Button>
      )}
    </aside>
  );
}
