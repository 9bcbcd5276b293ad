import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';

import { answer, api, problemWords, type CameraSummary, type Schemas } from '@/shared/api';
import { common } from '@/shared/i18n';
import { Button, Checkbox, Dialog, Input, Segmented, toast, toastError } from '@/shared/ui';

import styles from './BulkEdit.module.css';
import { bulkTexts } from './bulkTexts';
import {
  bulkRequests,
  noChoice,
  wordsIn,
  type BulkChoice,
  type CameraForm,
  type ListEdit,
} from './cameraForm';
import { useGroups } from './useNames';

interface BulkEditProps {
  isOpen: boolean;
  cameras: readonly CameraSummary[];
  onClose: () => void;
  onDone: () => void;
}

const edits = ['keep', 'add', 'remove', 'replace'] as const;
const flags = ['keep', 'on', 'off'] as const;
type Flag = (typeof flags)[number];

function flagOf(value: boolean | null): Flag {
  if (value === null) return 'keep';
  return value ? 'on' : 'off';
}

interface ListFieldProps {
  label: string;
  value: BulkChoice['tags'];
  onChange: (value: BulkChoice['tags']) => void;
  /** Chooses the items. */
  children: ReactNode;
}

/** What to do with a list, and with which of its items. */
function ListField({ label, value, onChange, children }: ListFieldProps) {
  const t = bulkTexts.useText();
  return (
    <div className={styles.row}>
      <span>{label}</span>
      <Segmented<ListEdit>
        label={label}
        value={value.edit}
        choices={edits.map((edit) => ({ value: edit, label: t(`edit.${edit}`) }))}
        onChange={(edit) => onChange({ ...value, edit })}
      />
      {value.edit !== 'keep' && children}
    </div>
  );
}

type ItemsProps = Pick<ListFieldProps, 'value' | 'onChange'>;

function Words({ value, onChange }: ItemsProps) {
  const t = bulkTexts.useText();
  const [text, setText] = useState(value.words.join(', '));
  return (
    <Input
      label={t('words')}
      isLabelHidden
      placeholder={t('words')}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        onChange({ ...value, words: wordsIn(event.target.value) });
      }}
    />
  );
}

function GroupChoice({ value, onChange }: ItemsProps) {
  const t = bulkTexts.useText();
  const groups = useGroups();
  const toggle = (id: string): void => {
    const { words } = value;
    onChange({ ...value, words: words.includes(id) ? words.filter((each) => each !== id) : [...words, id] });
  };
  return (
    <div className={styles.choices} role="group" aria-label={t('groups')}>
      {groups.length === 0 && <span>{t('noGroups')}</span>}
      {groups.map(({ id, name }) => (
        <Checkbox key={id} label={name} checked={value.words.includes(id)} onChange={() => toggle(id)} />
      ))}
    </div>
  );
}

function FlagField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: boolean | null;
  onChange: (value: boolean | null) => void;
}) {
  const t = bulkTexts.useText();
  return (
    <div className={styles.row}>
      <span>{label}</span>
      <Segmented<Flag>
        label={label}
        value={flagOf(value)}
        choices={flags.map((flag) => ({ value: flag, label: t(`flag.${flag}`) }))}
        onChange={(flag) => onChange(flag === 'keep' ? null : flag === 'on')}
      />
    </div>
  );
}

/** Whose rules to copy, and what they are. */
function useCopied(camera: string) {
  return useQuery({
    queryKey: ['camera', camera],
    queryFn: () => answer(api.GET('/api/v1/cameras/{camera}', { params: { path: { camera } } })),
    enabled: camera !== '',
    retry: false,
  });
}

function CopyField({ choice, onChange }: { choice: BulkChoice; onChange: (choice: BulkChoice) => void }) {
  const t = bulkTexts.useText();
  const [camera, setCamera] = useState('');
  const found = useCopied(camera.trim());
  const form = found.data?.config as CameraForm | undefined;
  return (
    <div className={styles.row}>
      <span>{t('rules')}</span>
      <Segmented
        label={t('rules')}
        value={choice.rules}
        choices={(['keep', 'copy'] as const).map((value) => ({ value, label: t(`rulesChoice.${value}`) }))}
        onChange={(rules) => onChange({ ...choice, rules })}
      />
      {choice.rules === 'copy' && (
        <Input
          label={t('from')}
          isLabelHidden
          placeholder={t('from')}
          hint={form ? t('copyFound', { z: form.zones.length, n: form.rules.length }) : t('fromHint')}
          value={camera}
          onChange={(event) => {
            setCamera(event.target.value);
            onChange({ ...choice, copied: null });
          }}
          onBlur={() => form && onChange({ ...choice, copied: { zones: form.zones, rules: form.rules } })}
        />
      )}
    </div>
  );
}

/** Sends the change in as few requests as there are different patches, and gathers what failed. */
async function send(
  cameras: readonly CameraSummary[],
  choice: BulkChoice,
  isStrict: boolean,
): Promise<Schemas['BulkResult']> {
  const result: Schemas['BulkResult'] = { changed: 0, failed: [] };
  for (const body of bulkRequests(cameras, choice)) {
    const part = await answer(api.PATCH('/api/v1/cameras', { body: { ...body, all_or_nothing: isStrict } }));
    result.changed += part.changed;
    result.failed.push(...part.failed);
  }
  return result;
}

/** The same change on many cameras. */
export function BulkEdit({ isOpen, cameras, onClose, onDone }: BulkEditProps) {
  const t = bulkTexts.useText();
  const words = common.useText();
  const queries = useQueryClient();
  const [choice, setChoice] = useState(noChoice);
  const [days, setDays] = useState('');
  const [isStrict, setStrict] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Schemas['BulkRow'][]>([]);
  const close = (): void => {
    setChoice(noChoice);
    setDays('');
    setFailed([]);
    onClose();
  };
  const nameOf = (id: string): string => cameras.find((camera) => camera.id === id)?.name ?? id;
  const keepDays = days.trim() === '' ? null : Number(days);
  const full = { ...choice, keepDays: keepDays !== null && keepDays > 0 ? keepDays : null };
  const isEmpty = bulkRequests(cameras, full).length === 0;
  const apply = async (): Promise<void> => {
    setBusy(true);
    try {
      const result = await send(cameras, full, isStrict);
      await queries.invalidateQueries({ queryKey: ['cameras'] });
      if (result.changed > 0) toast(t('done', { n: result.changed }));
      setFailed(result.failed);
      if (result.failed.length === 0) {
        close();
        onDone();
      }
    } catch (error) {
      toastError(t('failed'), error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={t('title', { n: cameras.length })}
      description={t('text')}
      width={40}
      foot={
        <>
          <Button look="quiet" onClick={close}>
            {words('action.cancel')}
          </Button>
          <Button look="primary" disabled={isEmpty} isBusy={isBusy} onClick={() => void apply()}>
            {t('apply', { n: cameras.length })}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <ListField
          label={t('groups')}
          value={choice.groups}
          onChange={(groups) => setChoice({ ...choice, groups })}
        >
          <GroupChoice value={choice.groups} onChange={(groups) => setChoice({ ...choice, groups })} />
        </ListField>
        <ListField label={t('tags')} value={choice.tags} onChange={(tags) => setChoice({ ...choice, tags })}>
          <Words value={choice.tags} onChange={(tags) => setChoice({ ...choice, tags })} />
        </ListField>
        <div className={styles.row}>
          <span>{t('keepDays')}</span>
          <Input
            label={t('keepDays')}
            isLabelHidden
            inputMode="decimal"
            placeholder={t('keepDaysHint')}
            value={days}
            onChange={(event) => setDays(event.target.value)}
          />
        </div>
        <FlagField
          label={t('record')}
          value={choice.record}
          onChange={(record) => setChoice({ ...choice, record })}
        />
        <FlagField
          label={t('analyse')}
          value={choice.analyse}
          onChange={(analyse) => setChoice({ ...choice, analyse })}
        />
        <CopyField choice={choice} onChange={setChoice} />
        <Checkbox
          label={t('strict')}
          checked={isStrict}
          onChange={(event) => setStrict(event.target.checked)}
        />
      </div>
      {failed.length > 0 && (
        <div role="alert">
          <p className={styles.failedTitle}>{t('failedSome', { n: failed.length })}</p>
          <ul className={styles.failed}>
            {failed.map((row) => (
              <li key={row.camera}>
                <strong>{nameOf(row.camera)}</strong> {problemWords({ code: row.code, words: row.problem })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Dialog>
  );
}
