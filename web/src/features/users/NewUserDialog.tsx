import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';

import { answer, api, type Schemas } from '@/shared/api';
import { useOrganisationName, useOrganisations } from '@/features/cameras/useNames';
import { useSession } from '@/shared/session/session';
import { Button, Dialog, Input, Select, toastError } from '@/shared/ui';

import { hasDoubles, type Grant } from './grants';
import { GrantsEditor } from './GrantsEditor';
import { userTexts } from './texts';
import styles from './Users.module.css';

interface NewUserDialogProps {
  onClose: () => void;
  onMade: (made: Schemas['NewUser']) => void;
}

/** A new user with a first grant; the answer is a one-time password. */
export function NewUserDialog({ onClose, onMade }: NewUserDialogProps) {
  const t = userTexts.useText();
  const queries = useQueryClient();
  const organisations = useOrganisations();
  const organisationName = useOrganisationName();
  const own = useSession((store) => store.session?.organisation.id ?? '');
  const [id, setId] = useState('');
  const [name, setName] = useState('');
  const [organisation, setOrganisation] = useState(own);
  const [grants, setGrants] = useState<Grant[]>([
    { role: 'operator', scope: own === '' ? '*' : `org:${own}`, purposes: [] },
  ]);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      const made = await answer(api.POST('/api/v1/users', { body: { id, name, organisation, grants } }));
      await queries.invalidateQueries({ queryKey: ['users'] });
      onMade(made);
    } catch (error) {
      toastError(t('saveFailed'), error);
    }
  };
  return (
    <Dialog isOpen onClose={onClose} title={t('addTitle')} width={36}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <div className={styles.pair}>
          <Input
            label={t('name')}
            autoFocus
            value={name}
            maxLength={120}
            onChange={(event) => setName(event.target.value)}
          />
          <Input
            label={t('id')}
            hint={t('idHint')}
            value={id}
            maxLength={64}
            spellCheck={false}
            onChange={(event) => setId(event.target.value)}
          />
        </div>
        <Select
          label={t('organisation')}
          value={organisation}
          choices={organisations.map((each) => ({ value: each.id, label: organisationName(each.id) }))}
          onChange={setOrganisation}
        />
        <GrantsEditor grants={grants} onChange={setGrants} />
        <Button
          type="submit"
          look="primary"
          disabled={!/^[a-z0-9._-]{1,64}$/.test(id) || name.trim() === '' || hasDoubles(grants)}
        >
          {t('add')}
        </Button>
      </form>
    </Dialog>
  );
}
