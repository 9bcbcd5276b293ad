import { routine, type Purpose } from '@/shared/session/purpose';
import type { Translate } from '@/shared/i18n';

import type { appTexts } from './texts';

type Words = Translate<(typeof appTexts)['ko']>;

/** The purpose in words: the chosen one, or the incident in focus. */
export function purposeWords(t: Words, chosen: Purpose, incident: Purpose | null): string {
  const purpose = chosen === routine ? (incident ?? chosen) : chosen;
  const [kind, number] = purpose.split(/:(.*)/s);
  if (kind === 'incident') return `${t('purpose.incident')} ${number ?? ''}`;
  if (kind === 'request') return `${t('purpose.request')} ${number ?? ''}`;
  if (kind === 'maintenance') return t('purpose.maintenance');
  if (kind === 'training') return t('purpose.training');
  return t('purpose.control');
}
