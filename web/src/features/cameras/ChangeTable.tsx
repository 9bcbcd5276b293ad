import type { Schemas } from '@/shared/api';
import { common } from '@/shared/i18n';
import { kindWords } from '@/shared/incidents';

import { daysOf, gigabytesOf } from './cameraForm';
import { cameraTexts } from './texts';
import styles from './Versions.module.css';

type Change = Schemas['PathChange'];

function isPoint(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every((each) => typeof each === 'number');
}

function objectWords(value: object): string {
  if ('behaviour' in value) return kindWords(String(value.behaviour));
  if ('name' in value) return String(value.name);
  if ('url' in value) return String(value.url);
  return JSON.stringify(value);
}

/** A stored value as people say it. */
function valueWords(path: string, value: unknown): string {
  const { t } = cameraTexts;
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return t(value ? 'versions.on' : 'versions.off');
  if (typeof value === 'number') {
    if (path === 'keep_for') return t('overview.days', { n: daysOf(value) });
    if (path === 'keep_bytes') return value === 0 ? '–' : `${gigabytesOf(value)} GB`;
    return String(value);
  }
  if (typeof value === 'string') return path.endsWith('.behaviour') ? kindWords(value) : value;
  if (Array.isArray(value)) {
    if (value.length === 0) return '–';
    if (value.every(isPoint)) return t('versions.corners', { n: value.length });
    return value.map((each: unknown) => valueWords(path, each)).join(', ');
  }
  return typeof value === 'object' ? objectWords(value) : JSON.stringify(value);
}

/** "zones[2].points" as "구역 3 · 모양". */
function pathWords(path: string): string {
  const { t } = cameraTexts;
  return path
    .split('.')
    .map((part) => {
      const [, name = part, index] = /^([a-z_]+)(?:\[(\d+)\])?$/.exec(part) ?? [];
      const key = [`path.${name}`, `part.${name}`].find(cameraTexts.has);
      const words = key !== undefined && cameraTexts.has(key) ? t(key) : name;
      return index === undefined ? words : `${words} ${Number(index) + 1}`;
    })
    .join(' · ');
}

function Row({ change }: { change: Change }) {
  const { t } = cameraTexts;
  const before = valueWords(change.path, change.before);
  const after = valueWords(change.path, change.after);
  return (
    <tr>
      <th scope="row">{pathWords(change.path)}</th>
      <td className={styles.before}>{before}</td>
      <td>{before === after ? t('versions.other', { value: after }) : after}</td>
    </tr>
  );
}

/** What was changed, place by place, in words. */
export function ChangeTable({ changes }: { changes: readonly Change[] }) {
  const t = cameraTexts.useText();
  common.useText();
  if (changes.length === 0) return <p className={styles.quiet}>{t('versions.noChange')}</p>;
  return (
    <table className={styles.changes}>
      <thead>
        <tr>
          <th scope="col">{t('versions.path')}</th>
          <th scope="col">{t('versions.before')}</th>
          <th scope="col">{t('versions.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <Row key={change.path} change={change} />
        ))}
      </tbody>
    </table>
  );
}
