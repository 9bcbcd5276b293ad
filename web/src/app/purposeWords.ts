import { routine, type Purpose } from '@/shared/session/purpose';
import type { Translate } from '@/shared/i18n';

import type { appTexts } from './texts';

type Words = Translate<(typeof appTexts)['ko']>;

/** The part of an incident's id that people say: "11-21 0007" of 20261121T224005123Z-0007-gate. */
function shortNumber(id: string): string {
  const [, month, day, number] = /^\d{4}(\d\d)(\d\d)T\d+Z-([0-9a-f]+)/.exec(id) ?? [];
  return number === undefined ? id : `${month}-${day} ${number}`;
}

/** The purpose in words: the chosen one, or the incident in focus. */
export function purposeWords(t: Words, chosen: Purpose, incident: Purpose | null): string {
  const purpose = chosen === routine ? (incident ?? chosen) : chosen;
  const [kind, number] = purpose.split(/:(.*)/s);
  if (kind === 'incident') return `${t('purpose.incident')} ${shortNumber(number ?? '')}`;
  if (kind === 'request') return `${t('purpose.requestShort')} ${number ?? ''}`;
  if (kind === 'maintenance') return t('purpose.maintenance');
  if (kind === 'training') return t('purpose.training');
  return t('purpose.control');
}
