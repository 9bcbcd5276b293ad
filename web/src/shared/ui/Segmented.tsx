import * as Radix from '@radix-ui/react-toggle-group';
import type { ReactNode } from 'react';

import { KeyCap } from './KeyCap';
import styles from './Segmented.module.css';

interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  choices: readonly { value: T; label: ReactNode; keyName?: string }[];
  onChange: (value: T) => void;
}

/** One of two to four values, all in sight. */
export function Segmented<T extends string>({ label, value, choices, onChange }: SegmentedProps<T>) {
  return (
    <Radix.Root
      type="single"
      aria-label={label}
      className={styles.group}
      value={value}
      onValueChange={(next) => next !== '' && onChange(next as T)}
    >
      {choices.map((choice) => (
        <Radix.Item key={choice.value} value={choice.value} className={styles.item}>
          {choice.label}
          {choice.keyName !== undefined && <KeyCap name={choice.keyName} />}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
