import { AlarmClock } from 'lucide-react';

import type { Incident } from '@/shared/api';
import { formatSpan, useNow } from '@/shared/time/time';
import { Badge } from '@/shared/ui';

import { queueTexts } from './texts';

/** Counts down to the moment when the system tells the supervisor; says when it has. */
export function EscalationClock({ incident }: { incident: Incident }) {
  const t = queueTexts.useText();
  const nowMs = useNow();
  if (incident.state === 'new' && incident.escalates_at) {
    const left = Date.parse(incident.escalates_at) - nowMs;
    return (
      <Badge isStrong>
        <AlarmClock aria-hidden="true" />
        {left > 0 ? t('escalates', { span: formatSpan(left) }) : t('escalatesNow')}
      </Badge>
    );
  }
  const level = String(incident.escalation);
  return queueTexts.has(`escalated.${level}`) ? (
    <Badge>{t(`escalated.${level}` as 'escalated.1')}</Badge>
  ) : null;
}
