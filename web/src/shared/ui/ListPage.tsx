import { ChevronLeft } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';

import { common } from '@/shared/i18n';

import { Button } from './Button';
import styles from './ListPage.module.css';

/** The body of a page that is one long list: what narrows it above, the list below with a scroll of its own. */
export function ListBody({ children }: { children: ReactNode }) {
  return <div className={styles.body}>{children}</div>;
}

/** The fields that narrow a list. */
export function Filters({ children }: { children: ReactNode }) {
  return <div className={styles.filters}>{children}</div>;
}

interface ListAndDetailProps {
  /** The list. */
  children: ReactNode;
  /** What is chosen in the list; null while nothing is. */
  detail: ReactNode | null;
  /** Said in its place while nothing is chosen. */
  pick: string;
  /** Width of the detail, in rem. */
  width?: number;
  onBack: () => void;
}

/** A list and what is chosen in it, side by side; on a narrow screen what is chosen takes the place of the list. */
export function ListAndDetail({ children, detail, pick, width = 20, onBack }: ListAndDetailProps) {
  const words = common.useText();
  const isOpen = detail !== null;
  return (
    <div className={styles.split} data-open={isOpen} style={{ '--detail': `${width}rem` } as CSSProperties}>
      <div className={styles.list}>{children}</div>
      <div className={styles.detail}>
        {isOpen ? (
          <>
            <div className={styles.back}>
              <Button look="quiet" icon={<ChevronLeft />} onClick={onBack}>
                {words('action.back')}
              </Button>
            </div>
            {detail}
          </>
        ) : (
          <p className={styles.pick}>{pick}</p>
        )}
      </div>
    </div>
  );
}
