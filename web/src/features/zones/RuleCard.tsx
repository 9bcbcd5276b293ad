import { Clock, Trash2 } from 'lucide-react';
import { useState } from 'react';

import { kindWords } from '@/shared/incidents';
import { Button, Gravity, IconButton, Segmented } from '@/shared/ui';

import { behaviourTexts } from './behaviourTexts';
import type { RuleForm, ZoneForm } from './draft';
import { FieldInput } from './FieldInput';
import styles from './Rules.module.css';
import { fitsScope, splitFields, withSetting, type Behaviour } from './ruleForm';
import { zoneTexts } from './texts';
import { scheduleWords, WeekDialog } from './WeekDialog';

interface RuleCardProps {
  rule: RuleForm;
  behaviour: Behaviour | undefined;
  zones: readonly ZoneForm[];
  isOpen: boolean;
  onOpen: () => void;
  onChange: (rule: RuleForm, step?: string) => void;
  onRemove: () => void;
}

const gravities = ['1', '2', '3', '4', '5'] as const;

function Where({ rule, behaviour, zones, onChange }: RuleCardProps) {
  const t = zoneTexts.useText();
  if (!behaviour || behaviour.scope === 'whole_picture') return null;
  const fitting = zones.filter((zone) => fitsScope(behaviour.scope, zone.points));
  const chosen = rule.zones ?? [];
  const toggle = (id: string): void =>
    onChange({
      ...rule,
      zones: chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id],
    });
  return (
    <div role="group" aria-label={t('where')}>
      <p className={styles.label}>{t('where')}</p>
      <div className={styles.chips}>
        {behaviour.scope === 'area' && (
          <button
            type="button"
            className={styles.chip}
            aria-pressed={chosen.length === 0}
            onClick={() => onChange({ ...rule, zones: [] })}
          >
            {t('whole')}
          </button>
        )}
        {fitting.map((zone) => (
          <button
            key={zone.id}
            type="button"
            className={styles.chip}
            aria-pressed={chosen.includes(zone.id)}
            onClick={() => toggle(zone.id)}
          >
            {zone.name ?? zone.id}
          </button>
        ))}
      </div>
      {fitting.length === 0 && <p className={styles.hint}>{t('whereNone')}</p>}
    </div>
  );
}

function Body(props: RuleCardProps) {
  const { rule, behaviour, onChange, onRemove } = props;
  const t = zoneTexts.useText();
  const help = behaviourTexts.useText();
  const [isPlanning, setPlanning] = useState(false);
  const { first, rest } = splitFields(behaviour?.fields ?? []);
  const helpKey = `help.${rule.behaviour}`;
  const input = (field: (typeof first)[number]) => (
    <FieldInput
      key={field.name}
      field={field}
      value={rule[field.name]}
      onChange={(value) => onChange(withSetting(rule, field, value), `field-${rule.id}-${field.name}`)}
    />
  );
  return (
    <div className={styles.body}>
      <p className={styles.hint}>{behaviourTexts.has(helpKey) ? help(helpKey) : behaviour?.help}</p>
      <div>
        <p className={styles.label}>{t('gravity')}</p>
        <Segmented
          label={t('gravity')}
          value={String(rule.gravity ?? 3) as '3'}
          choices={gravities.map((value) => ({ value, label: value }))}
          onChange={(value) => onChange({ ...rule, gravity: Number(value) })}
        />
      </div>
      <Where {...props} />
      <div>
        <p className={styles.label}>{t('when')}</p>
        <Button icon={<Clock />} onClick={() => setPlanning(true)}>
          {scheduleWords(rule.schedule ?? [])}
        </Button>
      </div>
      {first.map(input)}
      {rest.length > 0 && (
        <details className={styles.more}>
          <summary>{t('more', { n: rest.length })}</summary>
          <div className={styles.body}>{rest.map(input)}</div>
        </details>
      )}
      <div>
        <Button look="quiet" icon={<Trash2 />} onClick={onRemove}>
          {t('removeRule')}
        </Button>
      </div>
      {isPlanning && (
        <WeekDialog
          spans={rule.schedule ?? []}
          onClose={() => setPlanning(false)}
          onChange={(schedule) => onChange({ ...rule, schedule })}
        />
      )}
    </div>
  );
}

/** One rule: its gist in a line, everything else when it is opened. */
export function RuleCard(props: RuleCardProps) {
  const { rule, zones, isOpen, onOpen, onRemove } = props;
  const t = zoneTexts.useText();
  const places = (rule.zones ?? []).map((id) => zones.find((zone) => zone.id === id)?.name ?? id);
  const gist = [
    places.length > 0 ? places.join(', ') : t('whole'),
    ...(rule.schedule?.length ? [scheduleWords(rule.schedule)] : []),
  ].join(' · ');
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={onOpen}>
          <Gravity value={rule.gravity ?? 3} />
          <span className={styles.name}>{kindWords(rule.behaviour)}</span>
          <span className={styles.gist}>{gist}</span>
        </button>
        {!isOpen && <IconButton label={t('removeRule')} icon={<Trash2 />} side="left" onClick={onRemove} />}
      </div>
      {isOpen && <Body {...props} />}
    </li>
  );
}
