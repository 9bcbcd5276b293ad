import type { ReactNode } from 'react';

import styles from './Badge.module.css';
import { classes } from './classes';

export function Badge({ isStrong, children }: { isStrong?: boolean; children: ReactNode }) {
  return <span className={classes(styles.badge, isStrong && styles.strong)}>{children}</span>;
}
