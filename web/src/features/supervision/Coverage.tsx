import type { Schemas } from '@/shared/api';
import { useCameraName } from '@/shared/cameras/names';
import { formatHour, formatSpan } from '@/shared/time/time';

import { heatStep, heatTable, type HeatRow } from './figures';
import styles from './Supervision.module.css';
import { supervisionTexts } from './texts';

const mostCameras = 25;

function Row({ row }: { row: HeatRow }) {
  const name = useCameraName(row.camera);
  return (
    <tr>
      <th scope="row">{name}</th>
      {row.cells.map((seconds, index) => (
        <td key={index} className={seconds === null ? '' : (styles[`heat${heatStep(seconds)}`] ?? '')}>
          {seconds === null ? '' : formatSpan(seconds * 1000)}
        </td>
      ))}
    </tr>
  );
}

/** The longest time unwatched by camera and hour: darker cells were longer without a look. */
export function Coverage({ rows }: { rows: readonly Schemas['CoverageRow'][] }) {
  const t = supervisionTexts.useText();
  const { hours, cameras } = heatTable(rows, mostCameras);
  if (cameras.length === 0) return <p className={styles.empty}>{t('noCoverage')}</p>;
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a table that scrolls sideways must be reached by key
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('coverage')}>
      <table className={styles.heat}>
        <thead>
          <tr>
            <th scope="col">{t('camera')}</th>
            {hours.map((hour) => (
              <th key={hour} scope="col">
                {formatHour(hour)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cameras.map((row) => (
            <Row key={row.camera} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
