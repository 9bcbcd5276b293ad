import * as Radix from '@radix-ui/react-dialog';
import { X } from 'lucide-react';
import { useId, type CSSProperties, type ReactNode } from 'react';

import { common } from '@/shared/i18n';
import { useKeyLayer } from '@/shared/keyboard';

import { IconButton } from './Button';
import styles from './Dialog.module.css';

interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  description?: string;
  /** The scope of the keys that work inside; all others rest while the dialog is open. */
  scope?: string;
  /** In rem. */
  width?: number;
  foot?: ReactNode;
  children: ReactNode;
}

/** A modal dialog: focus is kept inside and comes back, Escape closes, keys of the page rest. */
export function Dialog({
  isOpen,
  onClose,
  title,
  description,
  scope,
  width = 28,
  foot,
  children,
}: DialogProps) {
  const t = common.useText();
  const ownScope = useId();
  useKeyLayer(scope ?? ownScope, isOpen);
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} />
        <Radix.Content
          className={styles.dialog}
          onOpenAutoFocus={(event) => {
            // Without a first field the dialog itself gets the focus: a focused button would show its tooltip.
            event.preventDefault();
            (event.currentTarget as HTMLElement).focus();
          }}
          style={{ '--dialog-width': `${width}rem` } as CSSProperties}
          {...(description === undefined && { 'aria-describedby': undefined })}
        >
          <header className={styles.head}>
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label={t('action.close')} icon={<X />} keyName="Escape" />
            </Radix.Close>
          </header>
          <div className={styles.body}>
            {description !== undefined && (
              <Radix.Description className={styles.description}>{description}</Radix.Description>
            )}
            {children}
          </div>
          {foot !== undefined && <footer className={styles.foot}>{foot}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
