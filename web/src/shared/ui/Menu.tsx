import * as Radix from '@radix-ui/react-dropdown-menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';

import { KeyCap } from './KeyCap';
import styles from './Menu.module.css';

interface MenuProps {
  trigger: ReactElement;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
}

/** A menu behind a button. Inside: MenuItem, MenuLabel, MenuLine. */
export function Menu({ trigger, children, align = 'end' }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align={align} sideOffset={4} collisionPadding={8} className={styles.content}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface MenuItemProps {
  icon?: ReactNode;
  keyName?: string;
  isChecked?: boolean;
  disabled?: boolean;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuItem({ icon, keyName, isChecked, disabled, onSelect, children }: MenuItemProps) {
  return (
    <Radix.Item className={styles.item} disabled={disabled ?? false} onSelect={onSelect}>
      {icon}
      {children}
      {keyName !== undefined && (
        <span className={styles.end}>
          <KeyCap name={keyName} />
        </span>
      )}
      {isChecked && <Check className={styles.mark} aria-hidden="true" />}
    </Radix.Item>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className={styles.label}>{children}</Radix.Label>;
}

export function MenuLine() {
  return <Radix.Separator className={styles.line} />;
}
