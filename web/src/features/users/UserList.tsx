import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus, Users as UsersIcon } from 'lucide-react';
import { useMemo, useState } from 'react';

import { answer, api, type Schemas } from '@/shared/api';
import { useOrganisationName } from '@/features/cameras/useNames';
import { common } from '@/shared/i18n';
import { useKey } from '@/shared/keyboard';
import { useRight } from '@/shared/session/session';
import {
  Badge,
  Button,
  Empty,
  ErrorState,
  Input,
  ListAndDetail,
  Loading,
  Table,
  type Column,
} from '@/shared/ui';

import { roleWords, useScopeWords } from './GrantsEditor';
import { NewUserDialog } from './NewUserDialog';
import { PasswordOnce } from './PasswordOnce';
import { userTexts } from './texts';
import { isLocked, UserPanel } from './UserPanel';
import styles from './Users.module.css';

type User = Schemas['User'];
const pageRows = 200;

function useUsers(q: string) {
  const words = q.trim() === '' ? undefined : q.trim();
  return useInfiniteQuery({
    queryKey: ['users', words],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/users', {
          params: { query: { q: words, limit: pageRows, cursor: pageParam || undefined } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => (page.next === '' ? undefined : page.next),
    placeholderData: (before) => before,
  });
}

function useColumns(): Column<User>[] {
  const t = userTexts.useText();
  common.useText();
  const organisationName = useOrganisationName();
  const scopeWords = useScopeWords();
  const state = (user: User) => {
    if (isLocked(user)) return <Badge isStrong>{t('locked')}</Badge>;
    return user.is_active ? t('active') : <Badge>{t('disabled')}</Badge>;
  };
  return [
    {
      id: 'name',
      title: t('name'),
      width: 'minmax(9rem, 1.4fr)',
      render: (user) => (
        <>
          <strong>{user.name}</strong> <span className={styles.hint}>{user.id}</span>
        </>
      ),
    },
    {
      id: 'organisation',
      title: t('organisation'),
      width: 'minmax(7rem, 1fr)',
      isSecondary: true,
      render: (user) => organisationName(user.organisation),
    },
    {
      id: 'grants',
      title: t('grants'),
      width: 'minmax(12rem, 2fr)',
      isSecondary: true,
      render: (user) =>
        user.grants.map((grant) => `${roleWords(grant.role)} (${scopeWords(grant.scope)})`).join(', '),
    },
    { id: 'state', title: t('state'), width: '6.5rem', render: state },
    {
      id: 'totp',
      title: t('totp'),
      width: '6.5rem',
      isSecondary: true,
      render: (user) => t(user.has_totp ? 'totpOn' : 'totpOff'),
    },
  ];
}

/** All users that one may manage, and the one who is chosen. */
export function UserList() {
  const t = userTexts.useText();
  const mayManage = useRight('manage_users');
  const [q, setQ] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [isAdding, setAdding] = useState(false);
  const [made, setMade] = useState<Schemas['NewUser'] | null>(null);
  const users = useUsers(q);
  const rows = useMemo(() => users.data?.pages.flatMap((page) => page.users) ?? [], [users.data]);
  const user = rows.find((row) => row.id === chosen);
  const columns = useColumns();
  useKey('users', 'N', () => setAdding(true), t('add'), { when: mayManage });
  return (
    <ListAndDetail
      width={29}
      detail={
        user ? <UserPanel key={`${user.id}-${user.revision}`} user={user} onPassword={setMade} /> : null
      }
      pick={t('pick')}
      onBack={() => setChosen(null)}
    >
      <div className={styles.list}>
        <div className={styles.bar}>
          <div className={styles.find}>
            <Input
              label={t('find')}
              isLabelHidden
              type="search"
              placeholder={t('find')}
              value={q}
              onChange={(event) => setQ(event.target.value)}
            />
          </div>
          <Button look="primary" icon={<Plus />} keyName="N" onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        </div>
        {users.isPending && <Loading rows={8} />}
        {users.isError && rows.length === 0 && (
          <ErrorState title={t('failed')} error={users.error} onRetry={() => void users.refetch()} />
        )}
        {users.isSuccess && rows.length === 0 && (
          <Empty icon={<UsersIcon />} title={t('none')} text={t('noneText')} />
        )}
        {rows.length > 0 && (
          <div className={styles.table}>
            <Table
              label={t('tab.users')}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.id}
              selected={chosen}
              onOpen={(row) => setChosen(row.id)}
              onEnd={() => {
                if (users.hasNextPage && !users.isFetchingNextPage) void users.fetchNextPage();
              }}
            />
          </div>
        )}
      </div>
      {isAdding && (
        <NewUserDialog
          onClose={() => setAdding(false)}
          onMade={(next) => {
            setAdding(false);
            setMade(next);
            setChosen(next.user.id);
          }}
        />
      )}
      {made && <PasswordOnce made={made} onClose={() => setMade(null)} />}
    </ListAndDetail>
  );
}
