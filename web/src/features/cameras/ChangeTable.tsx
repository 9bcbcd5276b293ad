import type { Schemas } from '@/shared/api';

import styles from './Versions.module.css';
import { cameraTexts } from './texts';

function valueWords(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What was changed, place by place. */
export function ChangeTable({ changes }: { changes: readonly Schemas['PathChange'][] }) {
  const t = cameraTexts.useText();
  if (changes.length === 0) return <p className={styles.quiet}>{t('versions.noChange')}</p>;
  const words = (path: string): string => {
    const [, first = '', rest = ''] = /^([a-z_]+)(.*)$/.exec(path) ?? [];
    const key = `path.${first}`;
    return cameraTexts.has(key) ? t(key) + rest.replaceAll('.', ' · ') : path;
  };
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
          <tr key={change.path}>
            <th scope="row">{words(change.path)}</th>
            <td className={styles.before}>{valueWords(change.before)}</td>
            <td>{valueWords(change.after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
