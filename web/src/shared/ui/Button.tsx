import { forwardRef, type ButtonHTMLAttributes, type ReactNode } from 'react';

import { KeyCap } from './KeyCap';
import { Tooltip } from './Tooltip';
import styles from './Button.module.css';
import { classes } from './classes';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'plain' | 'primary' | 'quiet';
  icon?: ReactNode;
  /** The key that does the same; shown behind the word. Bind it with useKey. */
  keyName?: string;
  isWide?: boolean;
  isBusy?: boolean;
}

/** A button with a word. The only filled one on a page is its main step. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { look = 'plain', icon, keyName, isWide, isBusy, children, className, disabled, ...rest },
  ref,
) {
  return (
    <button
      ref={ref}
      type="button"
      className={classes(styles.button, styles[look], isWide && styles.wide, className)}
      disabled={(disabled ?? false) || (isBusy ?? false)}
      aria-busy={isBusy}
      {...rest}
    >
      {icon}
      {children}
      {keyName !== undefined && <KeyCap name={keyName} />}
    </button>
  );
});

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string;
  icon: ReactNode;
  keyName?: string;
  look?: 'plain' | 'primary' | 'quiet';
  side?: 'top' | 'right' | 'bottom' | 'left';
}

/** A button with an icon only; the tooltip says the word and the key. */
export const IconButton = forwardRef<HTMLButtonElement, IconButtonProps>(function IconButton(
  { label, icon, keyName, look = 'quiet', side, className, ...rest },
  ref,
) {
  return (
    <Tooltip label={label} keyName={keyName} side={side}>
      <button
        ref={ref}
        type="button"
        aria-label={label}
        className={classes(styles.button, styles[look], styles.icon, className)}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  );
});
