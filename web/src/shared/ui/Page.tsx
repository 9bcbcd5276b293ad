import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';

import { common } from '@/shared/i18n';

import { IconButton } from './Button';
import { classes } from './classes';
import styles from './Page.module.css';

interface PageProps {
  title: string;
  /** Behind the title: filters, search. */
  head?: ReactNode;
  /** At the right end: buttons. */
  tools?: ReactNode;
  isPadded?: boolean;
  /** Where this page came from: a button before the title. */
  onBack?: () => void;
  children: ReactNode;
}

/** The frame of an ordinary page: a head with title and tools, a body that scrolls. */
export function Page({ title, head, tools, isPadded = true, onBack, children }: PageProps) {
  const words = common.useText();
  return (
    <section className={styles.page} aria-label={title}>
      <header className={styles.head}>
        {onBack && <IconButton label={words('action.back')} icon={<ChevronLeft />} onClick={onBack} />}
        <h1 className={styles.title}>{title}</h1>
        {head}
        {tools !== undefined && <div className={styles.tools}>{tools}</div>}
      </header>
      <div className={classes(styles.body, isPadded && styles.padded)}>{children}</div>
    </section>
  );
}
