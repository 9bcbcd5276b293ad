import { useQueryClient } from '@tanstack/react-query';

import { answer, api, type Schemas } from '@/shared/api';
import { useCameraName } from '@/shared/cameras/names';
import { kindWords } from '@/shared/incidents';
import { Button, toast, toastError } from '@/shared/ui';

import styles from './Supervision.module.css';
import { supervisionTexts } from './texts';
import { useSuggestions } from './useSupervision';

type Row = Schemas['FalseAlarmRow'];
type Suggestion = Schemas['Suggestion'];

export function reasonWords(reasons: Row['reasons']): string {
  const { t } = supervisionTexts;
  return Object.entries(reasons)
    .sort(([, one], [, other]) => other - one)
    .map(([reason, count]) => {
      const key = `reason.${reason}`;
      return `${supervisionTexts.has(key) ? t(key) : reason} ${count}`;
    })
    .join(', ');
}

function Proposal({ suggestion }: { suggestion: Suggestion }) {
  const t = supervisionTexts.useText();
  const queries = useQueryClient();
  const accept = async (): Promise<void> => {
    try {
      const path = { suggestion: suggestion.id };
      await answer(api.POST('/api/v1/suggestions/{suggestion}/accept', { params: { path } }));
      await queries.invalidateQueries({ queryKey: ['suggestions'] });
      toast(t('accepted'));
    } catch (error) {
      toastError(t('acceptFailed'), error);
    }
  };
  const { days, verdicts, false_alarms: n } = suggestion;
  return (
    <span className={styles.proposal}>
      <Button onClick={() => void accept()}>{t('accept')}</Button>
      <span>
        {t(`suggest.${suggestion.kind}`)}{' '}
        <span className={styles.label}>{t('suggestText', { days, verdicts, n })}</span>
      </span>
    </span>
  );
}

export function CameraName({ id }: { id: string }) {
  return <>{useCameraName(id)}</>;
}

/** Which rules cried wolf, why, and what would stop it. */
export function FalseAlarms({ rows }: { rows: readonly Row[] }) {
  const t = supervisionTexts.useText();
  const suggestions = useSuggestions().data?.suggestions ?? [];
  if (rows.length === 0) return <p className={styles.empty}>{t('noFalse')}</p>;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('camera')}</th>
          <th scope="col">{t('rule')}</th>
          <th scope="col">{t('rate')}</th>
          <th scope="col">{t('reasons')}</th>
          <th scope="col">{t('suggestion')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const found = suggestions.find((each) => each.camera === row.camera && each.rule === row.rule);
          return (
            <tr key={`${row.camera}-${row.rule}-${row.kind}`}>
              <th scope="row">
                <CameraName id={row.camera} />
              </th>
              <td>
                {kindWords(row.kind)} <span className={styles.label}>{row.rule}</span>
              </td>
              <td>
                {row.false_alarms} / {row.verdicts}
              </td>
              <td>{reasonWords(row.reasons)}</td>
              <td>{found ? <Proposal suggestion={found} /> : '–'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
