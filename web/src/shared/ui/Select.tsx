import * as Radix from '@radix-ui/react-select';
import { Check, ChevronDown } from 'lucide-react';
import { useId } from 'react';

import menu from './Menu.module.css';
import styles from './Select.module.css';

export interface Choice<T extends string> {
  value: T;
  label: string;
}

interface SelectProps<T extends string> {
  label: string;
  value: T;
  choices: readonly Choice<T>[];
  onChange: (value: T) => void;
  isLabelHidden?: boolean;
  disabled?: boolean;
}

/** One of some values. For two to four use Segmented. Values must not be empty. */
export function Select<T extends string>({
  label,
  value,
  choices,
  onChange,
  isLabelHidden,
  disabled,
}: SelectProps<T>) {
  const id = useId();
  return (
    <div className={styles.field}>
      <span id={id} className={isLabelHidden ? 'visually-hidden' : styles.label}>
        {label}
      </span>
      <Radix.Root value={value} onValueChange={(next) => onChange(next as T)} disabled={disabled ?? false}>
        <Radix.Trigger className={styles.trigger} aria-labelledby={id}>
          <Radix.Value />
          <Radix.Icon asChild>
            <ChevronDown />
          </Radix.Icon>
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content position="popper" sideOffset={4} className={menu.content}>
            <Radix.Viewport>
              {choices.map((choice) => (
                <Radix.Item key={choice.value} value={choice.value} className={menu.item}>
                  <Radix.ItemText>{choice.label}</Radix.ItemText>
                  <Radix.ItemIndicator className={menu.mark}>
                    <Check />
                  </Radix.ItemIndicator>
                </Radix.Item>
              ))}
            </Radix.Viewport>
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </div>
  );
}
