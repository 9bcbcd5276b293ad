import {
  forwardRef,
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type TextareaHTMLAttributes,
} from 'react';

import { classes } from './classes';
import styles from './Field.module.css';

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  isLabelHidden?: boolean;
}

interface FrameProps extends FieldProps {
  id: string;
  children: ReactNode;
}

function Frame({ id, label, hint, error, isLabelHidden, children }: FrameProps) {
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      {children}
      {error !== undefined && (
        <p id={`${id}-error`} role="alert" className={styles.error}>
          {error}
        </p>
      )}
      {error === undefined && hint !== undefined && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}

function described(id: string, { hint, error }: FieldProps): string | undefined {
  if (error !== undefined) return `${id}-error`;
  return hint === undefined ? undefined : `${id}-hint`;
}

export type InputProps = FieldProps & InputHTMLAttributes<HTMLInputElement>;

/** A one-line text field with its label. */
export const Input = forwardRef<HTMLInputElement, InputProps>(function Input(
  { label, hint, error, isLabelHidden, className, ...rest },
  ref,
) {
  const id = useId();
  const field = { label, hint, error, isLabelHidden: isLabelHidden ?? false };
  return (
    <Frame id={id} {...field}>
      <input
        ref={ref}
        id={id}
        className={classes(styles.control, className)}
        aria-invalid={error !== undefined}
        aria-describedby={described(id, field)}
        {...rest}
      />
    </Frame>
  );
});

export type TextAreaProps = FieldProps & TextareaHTMLAttributes<HTMLTextAreaElement>;

export const TextArea = forwardRef<HTMLTextAreaElement, TextAreaProps>(function TextArea(
  { label, hint, error, isLabelHidden, className, ...rest },
  ref,
) {
  const id = useId();
  const field = { label, hint, error, isLabelHidden: isLabelHidden ?? false };
  return (
    <Frame id={id} {...field}>
      <textarea
        ref={ref}
        id={id}
        className={classes(styles.control, className)}
        aria-invalid={error !== undefined}
        aria-describedby={described(id, field)}
        {...rest}
      />
    </Frame>
  );
});

export type CheckboxProps = { label: ReactNode } & Omit<InputHTMLAttributes<HTMLInputElement>, 'type'>;

export const Checkbox = forwardRef<HTMLInputElement, CheckboxProps>(function Checkbox(
  { label, ...rest },
  ref,
) {
  return (
    <label className={styles.check}>
      <input ref={ref} type="checkbox" {...rest} />
      <span>{label}</span>
    </label>
  );
});
