import { useState } from 'react';

import { Input } from '@/shared/ui';

import { cameraTexts } from './texts';

interface NumberProps {
  label: string;
  hint?: string;
  error?: string | undefined;
  value: number | undefined;
  isNeeded?: boolean;
  onChange: (value: number | undefined) => void;
}

/** A number that may be missing; what is no number is told and not taken. */
export function NumberInput({ label, hint, error, value, isNeeded, onChange }: NumberProps) {
  const t = cameraTexts.useText();
  const [text, setText] = useState(value === undefined ? '' : String(value));
  const isWrong = text.trim() === '' ? (isNeeded ?? false) : !Number.isFinite(Number(text));
  return (
    <Input
      label={label}
      hint={hint}
      error={isWrong ? t('settings.needNumber') : error}
      inputMode="decimal"
      value={text}
      onChange={(event) => {
        const next = event.target.value;
        setText(next);
        if (next.trim() === '') {
          if (!isNeeded) onChange(undefined);
        } else if (Number.isFinite(Number(next))) onChange(Number(next));
      }}
    />
  );
}
