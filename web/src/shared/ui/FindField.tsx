import { Search } from 'lucide-react';
import { forwardRef } from 'react';

import styles from './FindField.module.css';

interface FindFieldProps {
  /** What is found: the placeholder, and the name for screen readers. */
  label: string;
  value: string;
  onChange: (text: string) => void;
}

/** The field on top of a list that narrows it while one types. */
export const FindField = forwardRef<HTMLInputElement, FindFieldProps>(function FindField(props, ref) {
  const { label, value, onChange } = props;
  return (
    <label className={styles.find}>
      <Search aria-hidden="true" />
      <input
        ref={ref}
        value={value}
        placeholder={label}
        aria-label={label}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
});
