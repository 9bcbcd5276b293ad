import * as Radix from '@radix-ui/react-tooltip';
import type { ReactElement } from 'react';

import { KeyCap } from './KeyCap';
import styles from './Tooltip.module.css';

interface TooltipProps {
  label: string;
  keyName?: string | undefined;
  side?: 'top' | 'right' | 'bottom' | 'left' | undefined;
  children: ReactElement;
}

/** A word and a key on hover or focus of a control that has a name of its own. */
export function Tooltip({ label, keyName, side = 'bottom', children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content side={side} sideOffset={6} collisionPadding={8} className={styles.tooltip}>
          {label}
          {keyName !== undefined && <KeyCap name={keyName} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export const TooltipProvider = Radix.Provider;
