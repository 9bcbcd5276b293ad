import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';

import { answer, api, type Schemas } from '@/shared/api';
import { useOrganisationName, useOrganisations } from '@/features/cameras/useNames';
import { useSession } from '@/shared/session/session';
import { formatAgo, formatDate, formatTime, now, useNow } from '@/shared/time/time';
import { Badge, Button, Checkbox, Input, Select, toast, toastError } from '@/shared/ui';

import { hasDoubles, type Grant } from './grants';
import { GrantsEditor } from './GrantsEditor';
import { userTexts } from './texts';
import styles from './Users.module.css';

type User = Schemas['User'];

export function isLocked(user: User): boolean {
  return user.locked_until != null && Date.parse(user.locked_until) > now();
}

function Sessions({ user }: { user: User }) {
  const t = userTexts.useText();
  useNow();
  const params = { path: { user: user.id } };
  const sessions = useQuery({
    queryKey: ['user-sessions', user.id],
    queryFn: () => answer(api.GET('/api/v1/users/{user}/sessions', { params })),
  });
  const list = sessions.data?.sessions ?? [];
  const end = async (): Promise<void> => {
    try {
      await answer(api.DELETE('/api/v1/users/{user}/sessions', { params }));
      await sessions.refetch();
      toast(t('sessionsEnded'));
    } catch (error) {
      toastError(t('saveFailed'), error);
    }
  };
  return (
    <section>
      <h3 className={styles.heading}>{t('sessions')}</h3>
      {sessions.isSuccess && list.length === 0 && <p className={styles.hint}>{t('noSessions')}</p>}
      <ul>
        {list.map((session) => (
          <li key={session.id} className={styles.sessionLine}>
            <span>{session.address}</span>
            <span className={styles.agent}>{session.agent}</span>
            <span>{t('lastSeen', { ago: formatAgo(now() - Date.parse(session.last_seen)) })}</span>
          </li>
        ))}
      </ul>
      {list.length > 0 && <Button onClick={() => void end()}>{t('endSessions')}</Button>}
    </section>
  );
}

interface UserPanelProps {
  user: User;
  onPassword: (made: Schemas['NewUser']) => void;
}

function Steps({ user, onPassword }: UserPanelProps) {
  const t = userTexts.useText();
  const queries = useQueryClient();
  const own = useSession((store) => store.session?.user);
  const params = { path: { user: user.id } };
  const reset = async (): Promise<void> => {
    try {
      onPassword(await answer(api.POST('/api/v1/users/{user}/reset-password', { params })));
      await queries.invalidateQueries({ queryKey: ['users'] });
    } catch (error) {
      toastError(t('saveFailed'), error);
    }
  };
  const unlock = async (): Promise<void> => {
    try {
      await answer(api.POST('/api/v1/users/{user}/unlock', { params }));
      await queries.invalidateQueries({ queryKey: ['users'] });
      toast(t('unlocked'));
    } catch (error) {
      toastError(t('saveFailed'), error);
    }
  };
  return (
    <div className={styles.steps}>
      {isLocked(user) && (
        <Button look="primary" onClick={() => void unlock()}>
          {t('unlock')}
        </Button>
      )}
      {own !== user.id && (
        <>
          <Button onClick={() => void reset()}>{t('reset')}</Button>
          <span className={styles.hint}>{t('resetText')}</span>
        </>
      )}
    </div>
  );
}

/** One user: who, what they may do and where, and where they are logged in. */
export function UserPanel({ user, onPassword }: UserPanelProps) {
  const t = userTexts.useText();
  const queries = useQueryClient();
  const organisations = useOrganisations();
  const organisationName = useOrganisationName();
  const [name, setName] = useState(user.name);
  const [organisation, setOrganisation] = useState(user.organisation);
  const [isActive, setActive] = useState(user.is_active);
  const [grants, setGrants] = useState<Grant[]>(user.grants);
  const body = { name, organisation, is_active: isActive, grants };
  const before = {
    name: user.name,
    organisation: user.organisation,
    is_active: user.is_active,
    grants: user.grants,
  };
  const isChanged = JSON.stringify(body) !== JSON.stringify(before);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      await answer(
        api.PUT('/api/v1/users/{user}', {
          params: { path: { user: user.id } },
          body,
          headers: { 'If-Match': String(user.revision) },
        }),
      );
      await queries.invalidateQueries({ queryKey: ['users'] });
      toast(t('saved'));
    } catch (error) {
      toastError(t('saveFailed'), error);
    }
  };
  return (
    <aside className={styles.panel} aria-label={user.name}>
      <h2 className={styles.name}>
        {user.name} <span className={styles.hint}>{user.id}</span>
      </h2>
      <p className={styles.badges}>
        {isLocked(user) && (
          <Badge isStrong>{t('lockedUntil', { time: formatTime(user.locked_until ?? '') })}</Badge>
        )}
        {user.must_change_password && <Badge>{t('mustChange')}</Badge>}
        <span className={styles.hint}>
          {t('totp')} {t(user.has_totp ? 'totpOn' : 'totpOff')} · {t('created')} {formatDate(user.created)}
        </span>
      </p>
      <form className={styles.form} onSubmit={(event) => void save(event)}>
        <div className={styles.pair}>
          <Input label={t('name')} value={name} onChange={(event) => setName(event.target.value)} />
          <Select
            label={t('organisation')}
            value={organisation}
            choices={organisations.map(({ id }) => ({ value: id, label: organisationName(id) }))}
            onChange={setOrganisation}
          />
        </div>
        <Checkbox
          label={t('isActive')}
          checked={isActive}
          onChange={(event) => setActive(event.target.checked)}
        />
        <GrantsEditor grants={grants} onChange={setGrants} />
        <Button
          type="submit"
          look="primary"
          disabled={!isChanged || name.trim() === '' || hasDoubles(grants)}
        >
          {t('save')}
        </Button>
      </form>
      <Steps user={user} onPassword={onPassword} />
      <Sessions user={user} />
    </aside>
  );
}
