import { toGravity } from '@/shared/api/model';
import { common } from '@/shared/i18n';

import { classes } from './classes';
import styles from './Gravity.module.css';

const flame =
  'M4 .5c.2 1.700 2.700 2.900 2.700 5.600A2.700 2.700 0 0 1 4 8.900a2.700 2.700 0 0 1-2.700-2.800c0-1.300.700-2.100 1.300-2.800.100.900.500 1.200.800 1.300C3.200 3.100 3.300 1.700 4 .5zM1.600 9.900h4.800v1.300H1.600z';
const places = [1, 2, 3, 4, 5] as const;

interface GravityProps {
  value: number;
  /** The word beside the fires. Without it the glyph has a name for screen readers. */
  hasWord?: boolean;
  className?: string;
}

/** One to five beacon fires: gravity by number, word and colour at once. */
export function Gravity({ value, hasWord = false, className }: GravityProps) {
  const t = common.useText();
  const gravity = toGravity(value);
  const name = `${t('gravity.name')} ${t(`gravity.${gravity}`)}, ${t(`gravityWord.${gravity}`)}`;
  return (
    <span className={classes(styles.gravity, className)}>
      <svg
        className={classes(styles.fires, styles[`g${gravity}`])}
        viewBox="0 0 40 12"
        role="img"
        aria-label={name}
      >
        {places.map((place) => (
          <path
            key={place}
            d={flame}
            transform={`translate(${(place - 1) * 8} 0)`}
            className={place <= gravity ? styles.lit : styles.unlit}
          />
        ))}
      </svg>
      {hasWord && (
        <span className={styles.word} aria-hidden="true">
          {t(`gravityWord.${gravity}`)}
        </span>
      )}
    </span>
  );
}
