import type { ReactNode } from 'react';

import { classes } from './classes';
import styles from './Page.module.css';

interface PageProps {
  title: string;
  /** Behind the title: filters, search. */
  head?: ReactNode;
  /** At the right end: buttons. */
  tools?: ReactNode;
  isPadded?: boolean;
  children: ReactNode;
}

/** The frame of an ordinary page: a head with title and tools, a body that scrolls. */
export function Page({ title, head, tools, isPadded = true, children }: PageProps) {
  return (
    <section className={styles.page} aria-label={title}>
      <header className={styles.head}>
        <h1 className={styles.title}>{title}</h1>
        {head}
        {tools !== undefined && <div className={styles.tools}>{tools}</div>}
      </header>
      <div className={classes(styles.body, isPadded && styles.padded)}>{children}</div>
    </section>
  );
}
