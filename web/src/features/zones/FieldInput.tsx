import { useState } from 'react';

import { common } from '@/shared/i18n';
import { Checkbox, Input, Segmented } from '@/shared/ui';

import { behaviourTexts } from './behaviourTexts';
import styles from './Rules.module.css';
import { fieldFault, secondsOfValue, type Field } from './ruleForm';
import { zoneTexts } from './texts';

interface FieldInputProps {
  field: Field;
  value: unknown;
  onChange: (value: unknown) => void;
}

const classNames = ['person', 'bicycle', 'motorcycle', 'car', 'bus', 'truck', 'animal', 'bag'] as const;

function useWords(field: Field): { label: string; help: string; unit: string } {
  const t = behaviourTexts.useText();
  const label = `field.${field.name}`;
  const help = `fieldHelp.${field.name}`;
  const unit = `unit.${field.unit}`;
  return {
    label: behaviourTexts.has(label) ? t(label) : field.name,
    help: behaviourTexts.has(help) ? t(help) : field.help,
    unit: behaviourTexts.has(unit) ? t(unit) : field.unit === '1' ? '' : field.unit,
  };
}

function ClassChoice({ field, value, onChange }: FieldInputProps) {
  const words = common.useText();
  const { label } = useWords(field);
  const chosen = Array.isArray(value) ? (value as string[]) : (field.default as string[]);
  const toggle = (name: string): void => {
    const next = chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name];
    onChange(classNames.filter((each) => next.includes(each)));
  };
  return (
    <div role="group" aria-label={label}>
      <p className={styles.label}>{label}</p>
      <div className={styles.chips}>
        {classNames.map((name) => (
          <button
            key={name}
            type="button"
            className={styles.chip}
            aria-pressed={chosen.includes(name)}
            onClick={() => toggle(name)}
          >
            {words(`objectClass.${name}`)}
          </button>
        ))}
      </div>
    </div>
  );
}

function parse(field: Field, text: string): unknown {
  if (text.trim() === '') return undefined;
  if (field.type === 'text') return text;
  if (field.type === 'text_list')
    return text
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean);
  if (field.type === 'number_list') return text.split(',').map(Number);
  return Number(text);
}

function show(field: Field, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.join(', ');
  if (field.type === 'seconds') return String(secondsOfValue(value) ?? '');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function TextInput({ field, value, onChange }: FieldInputProps) {
  const t = zoneTexts.useText();
  const { label, help, unit } = useWords(field);
  const [typed, setTyped] = useState<string | null>(null);
  const fallback = show(field, field.default);
  const fault = fieldFault(field, value);
  const range = [field.min, field.max].map((bound) => bound ?? '').join('–');
  const isNumber = ['integer', 'number', 'seconds'].includes(field.type);
  return (
    <Input
      label={unit === '' ? label : `${label} (${unit})`}
      hint={help}
      error={fault === null ? undefined : `${help} ${isNumber ? range : ''}`}
      inputMode={isNumber ? 'decimal' : undefined}
      placeholder={fallback === '' ? t('none') : t('fallback', { value: fallback })}
      value={typed ?? show(field, value)}
      onFocus={() => setTyped(show(field, value))}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(parse(field, event.target.value));
      }}
    />
  );
}

/** The control for one setting of a behaviour, after its description by the server. */
export function FieldInput(props: FieldInputProps) {
  const { field, value, onChange } = props;
  const t = behaviourTexts.useText();
  const { label, help } = useWords(field);
  if (field.name === 'classes') return <ClassChoice {...props} />;
  if (field.type === 'bool') {
    const isOn = typeof value === 'boolean' ? value : field.default === true;
    return <Checkbox label={label} checked={isOn} onChange={(event) => onChange(event.target.checked)} />;
  }
  if (field.type === 'choice') {
    const words = (choice: string): string => {
      const key = `choice.${choice}`;
      return behaviourTexts.has(key) ? t(key) : choice;
    };
    return (
      <div>
        <p className={styles.label}>{label}</p>
        <Segmented
          label={label}
          value={typeof value === 'string' ? value : String(field.default)}
          choices={field.choices.map((choice) => ({ value: choice, label: words(choice) }))}
          onChange={onChange}
        />
        <p className={styles.hint}>{help}</p>
      </div>
    );
  }
  return <TextInput {...props} />;
}
