import { useState, type FormEvent } from 'react';
import { create } from 'zustand';

import { common } from '@/shared/i18n';
import { usePurpose } from '@/shared/session/purpose';
import { Button, Dialog, Input } from '@/shared/ui';

import styles from './PurposeDialog.module.css';
import { appTexts } from './texts';

type Waiting = ((isChosen: boolean) => void) | null;
const useDialog = create<{ isOpen: boolean; waiting: Waiting }>()(() => ({ isOpen: false, waiting: null }));

export function openPurposeDialog(): void {
  useDialog.setState({ isOpen: true, waiting: null });
}

/** For pages that need more than plain monitoring: asks once, and at once resolves when a purpose stands already. */
export function needPurpose(): Promise<boolean> {
  const { chosen, incident } = usePurpose.getState();
  if (chosen !== 'control' || incident !== null) return Promise.resolve(true);
  return new Promise((resolve) => useDialog.setState({ isOpen: true, waiting: resolve }));
}

const kinds = ['control', 'request', 'maintenance', 'training'] as const;
type Kind = (typeof kinds)[number];

function close(isChosen: boolean): void {
  useDialog.getState().waiting?.(isChosen);
  useDialog.setState({ isOpen: false, waiting: null });
}

function Form() {
  const t = appTexts.useText();
  const words = common.useText();
  const { chosen, choose } = usePurpose();
  const [before = 'control', number = ''] = chosen.split(/:(.*)/s);
  const isWaited = useDialog((store) => store.waiting !== null);
  const [kind, setKind] = useState<Kind>(
    isWaited ? 'request' : (kinds.find((each) => each === before) ?? 'control'),
  );
  const [request, setRequest] = useState(number);
  const [isMissing, setMissing] = useState(false);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (kind === 'request' && request.trim() === '') {
      setMissing(true);
      return;
    }
    choose(kind === 'request' ? `request:${request.trim()}` : kind);
    close(kind !== 'control');
  };

  const shown = kinds.filter((each) => !isWaited || each !== 'control');
  return (
    <form onSubmit={submit}>
      <fieldset className={styles.choices}>
        <legend className="visually-hidden">{t('purpose.title')}</legend>
        {shown.map((each) => (
          <div key={each}>
            <label className={styles.choice}>
              <input type="radio" name="purpose" checked={kind === each} onChange={() => setKind(each)} />
              <span>{t(`purpose.${each}`)}</span>
              <span className={styles.hint}>{t(`purpose.${each}Hint`)}</span>
            </label>
            {each === 'request' && kind === 'request' && (
              <div className={styles.number}>
                <Input
                  label={t('purpose.requestNumber')}
                  placeholder={t('purpose.requestPlaceholder')}
                  value={request}
                  maxLength={80}
                  error={isMissing ? t('purpose.numberMissing') : undefined}
                  onChange={(event) => setRequest(event.target.value)}
                />
              </div>
            )}
          </div>
        ))}
      </fieldset>
      <Button type="submit" look="primary" isWide>
        {words('action.apply')}
      </Button>
    </form>
  );
}

/** Why one looks: chosen once, kept, and shown in the top bar. */
export function PurposeDialog() {
  const t = appTexts.useText();
  const isOpen = useDialog((store) => store.isOpen);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={() => close(false)}
      title={t('purpose.title')}
      description={t('purpose.why')}
    >
      <Form />
    </Dialog>
  );
}
