import * as Radix from '@radix-ui/react-tabs';
import type { ReactNode } from 'react';

import { classes } from './classes';
import styles from './Tabs.module.css';

interface Tab<T extends string> {
  id: T;
  label: string;
  content: ReactNode;
}

interface TabsProps<T extends string> {
  label: string;
  tabs: readonly Tab<T>[];
  value: T;
  onChange: (value: T) => void;
  /** The tab's content takes the height that is left and scrolls by itself. */
  isFilling?: boolean;
}

export function Tabs<T extends string>({ label, tabs, value, onChange, isFilling = false }: TabsProps<T>) {
  return (
    <Radix.Root
      className={classes(isFilling && styles.filling)}
      value={value}
      onValueChange={(next) => onChange(next as T)}
    >
      <Radix.List className={styles.list} aria-label={label}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.id} value={tab.id} className={styles.tab}>
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} value={tab.id} className={styles.panel}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
