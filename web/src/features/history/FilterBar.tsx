import { ListFilter, X } from 'lucide-react';
import { useState } from 'react';

import { common } from '@/shared/i18n';
import { kindWords, stateWords } from '@/shared/incidents';
import { Button, Checkbox, Input, Select } from '@/shared/ui';

import { any, kinds, states, type Filters } from './filters';
import styles from './History.module.css';
import { historyTexts } from './texts';

interface FilterBarProps {
  filters: Filters;
  isNarrowed: boolean;
  onChange: (filters: Filters) => void;
  onClear: () => void;
}

const gravities = [2, 3, 4, 5];

/** The conditions of the history, each of which takes effect at once. */
export function FilterBar({ filters, isNarrowed, onChange, onClear }: FilterBarProps) {
  const t = historyTexts.useText();
  common.useText();
  const put = (change: Partial<Filters>): void => onChange({ ...filters, ...change });
  const [isOpen, setOpen] = useState(false);
  const all = { value: any, label: t('any') };
  return (
    <div className={styles.filters} data-open={isOpen}>
      <Button
        className={styles.toggle}
        icon={<ListFilter />}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {t('filters')}
      </Button>
      <Select
        label={t('state')}
        value={filters.state}
        choices={[all, ...states.map((state) => ({ value: state, label: stateWords(state) }))]}
        onChange={(state) => put({ state })}
      />
      <Select
        label={t('kind')}
        value={filters.kind}
        choices={[all, ...kinds.map((kind) => ({ value: kind, label: kindWords(kind) }))]}
        onChange={(kind) => put({ kind })}
      />
      <Select
        label={t('gravity')}
        value={filters.minGravity}
        choices={[all, ...gravities.map((n) => ({ value: String(n), label: t('atLeast', { n }) }))]}
        onChange={(minGravity) => put({ minGravity })}
      />
      <Input
        label={t('from')}
        type="datetime-local"
        value={filters.from}
        onChange={(event) => put({ from: event.target.value })}
      />
      <Input
        label={t('to')}
        type="datetime-local"
        value={filters.to}
        onChange={(event) => put({ to: event.target.value })}
      />
      <Input
        label={t('camera')}
        placeholder={t('cameraHint')}
        value={filters.camera}
        onChange={(event) => put({ camera: event.target.value })}
      />
      <Input
        label={t('assignee')}
        value={filters.assignee}
        onChange={(event) => put({ assignee: event.target.value })}
      />
      <Input label={t('words')} value={filters.q} onChange={(event) => put({ q: event.target.value })} />
      <Checkbox
        label={t('unreviewed')}
        checked={filters.isUnreviewed}
        onChange={(event) => put({ isUnreviewed: event.target.checked })}
      />
      {isNarrowed && (
        <Button look="quiet" icon={<X />} onClick={onClear}>
          {t('clear')}
        </Button>
      )}
    </div>
  );
}
