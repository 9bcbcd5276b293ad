import type { Schemas } from '@/shared/api';
import { common } from '@/shared/i18n';
import { formatDay, formatHour } from '@/shared/time/time';

import { barsOf, idealShares, sharesOf, wholeHours } from './figures';
import styles from './Supervision.module.css';
import { supervisionTexts } from './texts';

type Hour = Schemas['HourRow'];
const gravities = [1, 2, 3, 4, 5] as const;
const height = 120;

/** Incidents by hour, gravest at the foot. Drawn as SVG, so that the same picture stands on paper. */
export function HourBars({ report }: { report: Schemas['ShiftReport'] }) {
  const t = supervisionTexts.useText();
  const gravityWords = common.useText();
  if (report.hours.length === 0) return <p className={styles.empty}>{t('noHours')}</p>;
  const { bars, isDaily } = barsOf(wholeHours(report.hours, report.from, report.to));
  const words = (bar: Hour): string => (isDaily ? formatDay(bar.hour) : formatHour(bar.hour));
  const label = (bar: Hour): string => t('hourLabel', { hour: words(bar), n: bar.opened });
  const highest = Math.max(1, ...bars.map((bar) => bar.opened));
  const step = Math.max(1, Math.ceil(bars.length / 12));
  return (
    <figure>
      <div className={styles.bars} role="img" aria-label={bars.map(label).join(', ')}>
        <span className={styles.highest}>
          {highest}
          {t('perHour')}
        </span>
        {bars.map((hour, index) => (
          <div key={hour.hour} className={styles.hour} title={label(hour)}>
            <div className={styles.stack} style={{ height: `${height / 16}rem` }}>
              {gravities.map((gravity) => (
                <span
                  key={gravity}
                  className={styles[`g${gravity}`]}
                  style={{ height: `${((hour.by_gravity[gravity - 1] ?? 0) / highest) * 100}%` }}
                />
              ))}
            </div>
            <span className={styles.tickLabel}>{index % step === 0 ? words(hour) : ''}</span>
          </div>
        ))}
      </div>
      <figcaption className={styles.legend}>
        {gravities.map((gravity) => (
          <span key={gravity}>
            <i className={styles[`g${gravity}`]} />
            {gravityWords(`gravityWord.${gravity}`)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

/** How incidents spread over low, middle and high gravity, beside how they should. */
export function GravityMix({ byGravity }: { byGravity: readonly number[] }) {
  const t = supervisionTexts.useText();
  const shares = sharesOf(byGravity);
  const percent = (share: number): number => Math.round(share * 100);
  return (
    <div className={styles.mix}>
      {(['low', 'middle', 'high'] as const).map((name) => (
        <div key={name} className={styles.mixRow}>
          <span>{t(`class.${name}`)}</span>
          <span className={styles.gauge} aria-hidden="true">
            <span className={styles.fill} style={{ width: `${shares[name] * 100}%` }} />
            <span className={styles.tick} style={{ left: `${idealShares[name] * 100}%` }} />
          </span>
          <strong>{t('share', { n: percent(shares[name]) })}</strong>
          <span className={styles.label}>{t('ideal', { n: percent(idealShares[name]) })}</span>
        </div>
      ))}
    </div>
  );
}
