import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router-dom';

import { answer, api, type Schemas } from '@/shared/api';
import { common } from '@/shared/i18n';
import { useRight, useSession } from '@/shared/session/session';
import {
  Button,
  Dialog,
  Empty,
  ErrorState,
  IconButton,
  Input,
  ListBody,
  Loading,
  Page,
  Select,
  Table,
  toast,
  toastError,
  type Column,
} from '@/shared/ui';

import styles from './CameraList.module.css';
import form from './Add.module.css';
import { groupTexts } from './groupTexts';
import { SubNav } from './SubNav';
import { useOrganisationName, useOrganisations } from './useNames';

type Group = Schemas['Group'];

function GroupDialog({ group, onClose }: { group: Group | null; onClose: () => void }) {
  const t = groupTexts.useText();
  const words = common.useText();
  const queries = useQueryClient();
  const organisations = useOrganisations();
  const organisationName = useOrganisationName();
  const own = useSession((store) => store.session?.organisation.id ?? '');
  const [body, setBody] = useState({
    id: group?.id ?? '',
    name: group?.name ?? '',
    organisation: group?.organisation ?? own,
  });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      if (group)
        await answer(api.PUT('/api/v1/groups/{group}', { params: { path: { group: group.id } }, body }));
      else await answer(api.POST('/api/v1/groups', { body }));
      await queries.invalidateQueries({ queryKey: ['groups'] });
      toast(t('saved'));
      onClose();
    } catch (error) {
      toastError(t('saveFailed'), error);
    }
  };
  return (
    <Dialog isOpen onClose={onClose} title={t(group ? 'change' : 'add')}>
      <form className={form.form} onSubmit={submit}>
        {!group && (
          <Input
            label={t('id')}
            hint={t('idHint')}
            autoFocus
            value={body.id}
            onChange={(event) => setBody({ ...body, id: event.target.value })}
          />
        )}
        <Input
          label={t('name')}
          value={body.name}
          onChange={(event) => setBody({ ...body, name: event.target.value })}
        />
        {organisations.length > 1 && (
          <Select
            label={t('organisation')}
            value={body.organisation}
            choices={organisations.map(({ id }) => ({ value: id, label: organisationName(id) }))}
            onChange={(organisation) => setBody({ ...body, organisation })}
          />
        )}
        <Button
          type="submit"
          look="primary"
          disabled={!/^[a-z0-9_-]{1,64}$/.test(body.id) || body.name === ''}
        >
          {words('action.save')}
        </Button>
      </form>
    </Dialog>
  );
}

/** Groups of cameras, on which rights are granted. */
export default function Groups() {
  const t = groupTexts.useText();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const mayConfigure = useRight('configure_cameras');
  const organisationName = useOrganisationName();
  const [edited, setEdited] = useState<Group | 'new' | null>(null);
  const groups = useQuery({ queryKey: ['groups'], queryFn: () => answer(api.GET('/api/v1/groups')) });
  const remove = async (group: Group): Promise<void> => {
    try {
      await answer(api.DELETE('/api/v1/groups/{group}', { params: { path: { group: group.id } } }));
      await queries.invalidateQueries({ queryKey: ['groups'] });
      toast(t('removed', { name: group.name }));
    } catch (error) {
      toastError(t('saveFailed'), error);
    }
  };
  const columns: Column<Group>[] = [
    {
      id: 'name',
      title: t('name'),
      width: 'minmax(10rem, 2fr)',
      render: (group) => <span className={styles.name}>{group.name}</span>,
    },
    {
      id: 'id',
      title: t('id'),
      width: 'minmax(8rem, 1fr)',
      isSecondary: true,
      render: (group) => <span className={styles.quiet}>{group.id}</span>,
    },
    {
      id: 'organisation',
      title: t('organisation'),
      width: 'minmax(8rem, 1fr)',
      isSecondary: true,
      render: (group) => organisationName(group.organisation),
    },
    {
      id: 'cameras',
      title: t('cameras'),
      width: '5rem',
      isNumber: true,
      render: (group) => t('count', { n: group.cameras ?? 0 }),
    },
    {
      id: 'tools',
      title: <span className="visually-hidden">{common.t('action.edit')}</span>,
      width: '7rem',
      render: (group) =>
        mayConfigure && (
          // eslint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- keeps clicks of the buttons from opening the row
          <span className={form.tools} onClick={(event) => event.stopPropagation()}>
            <IconButton
              label={t('edit', { name: group.name })}
              icon={<Pencil />}
              onClick={() => setEdited(group)}
            />
            <IconButton
              label={(group.cameras ?? 0) > 0 ? t('notEmpty') : t('remove', { name: group.name })}
              icon={<Trash2 />}
              disabled={(group.cameras ?? 0) > 0}
              onClick={() => void remove(group)}
            />
          </span>
        ),
    },
  ];
  const rows = groups.data?.groups ?? [];
  const add = (
    <Button look="primary" icon={<Plus />} onClick={() => setEdited('new')}>
      {t('add')}
    </Button>
  );
  return (
    <Page title={t('title')} head={<SubNav />} isPadded={false} tools={mayConfigure && add}>
      {groups.isPending && <Loading rows={6} />}
      {groups.isError && (
        <ErrorState title={t('failed')} error={groups.error} onRetry={() => void groups.refetch()} />
      )}
      {groups.isSuccess && rows.length === 0 && (
        <Empty title={t('emptyTitle')} text={t('emptyText')}>
          {mayConfigure && add}
        </Empty>
      )}
      {rows.length > 0 && (
        <ListBody>
          <div className={styles.table}>
            <Table
              label={t('title')}
              columns={columns}
              rows={rows}
              rowKey={(group) => group.id}
              onOpen={(group) => navigate(`/cameras?group=${encodeURIComponent(group.id)}`)}
            />
          </div>
        </ListBody>
      )}
      {edited !== null && (
        <GroupDialog group={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </Page>
  );
}
