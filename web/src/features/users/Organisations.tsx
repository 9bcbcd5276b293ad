import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil, Plus } from 'lucide-react';
import { useState, type FormEvent } from 'react';

import { answer, api, type Schemas } from '@/shared/api';
import { common } from '@/shared/i18n';
import { useRight } from '@/shared/session/session';
import {
  Button,
  Dialog,
  ErrorState,
  IconButton,
  Input,
  Loading,
  Table,
  toast,
  toastError,
  type Column,
} from '@/shared/ui';

import { userTexts } from './texts';
import styles from './Users.module.css';

type Organisation = Schemas['Organisation'];
const nobody: Organisation = { id: '', name_ko: '', name_en: '' };

function OrganisationDialog({ known, onClose }: { known: Organisation | null; onClose: () => void }) {
  const t = userTexts.useText();
  const queries = useQueryClient();
  const [body, setBody] = useState(known ?? nobody);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      if (known) {
        const params = { path: { organisation: known.id } };
        await answer(api.PUT('/api/v1/organisations/{organisation}', { params, body }));
      } else await answer(api.POST('/api/v1/organisations', { body }));
      await queries.invalidateQueries({ queryKey: ['organisations'] });
      toast(t('saved'));
      onClose();
    } catch (error) {
      toastError(t('saveFailed'), error);
    }
  };
  return (
    <Dialog isOpen onClose={onClose} title={t(known ? 'editOrg' : 'addOrg')}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        {!known && (
          <Input
            label={t('id')}
            autoFocus
            value={body.id}
            onChange={(event) => setBody({ ...body, id: event.target.value })}
          />
        )}
        <Input
          label={t('nameKo')}
          value={body.name_ko}
          onChange={(event) => setBody({ ...body, name_ko: event.target.value })}
        />
        <Input
          label={t('nameEn')}
          value={body.name_en}
          onChange={(event) => setBody({ ...body, name_en: event.target.value })}
        />
        <Button
          type="submit"
          look="primary"
          disabled={[body.id, body.name_ko, body.name_en].some((text) => text.trim() === '')}
        >
          {t('save')}
        </Button>
      </form>
    </Dialog>
  );
}

/** The organisations that share the installation. */
export function Organisations() {
  const t = userTexts.useText();
  const mayManage = useRight('manage_organisations');
  const [q, setQ] = useState('');
  const [edited, setEdited] = useState<Organisation | 'new' | null>(null);
  const organisations = useQuery({
    queryKey: ['organisations'],
    queryFn: () => answer(api.GET('/api/v1/organisations')),
  });
  if (organisations.isPending) return <Loading rows={8} />;
  if (organisations.isError)
    return (
      <ErrorState
        title={t('organisationsFailed')}
        error={organisations.error}
        onRetry={() => void organisations.refetch()}
      />
    );
  const all = organisations.data.organisations;
  const rows = all.filter((each) =>
    [each.id, each.name_ko, each.name_en].some((text) => text.toLowerCase().includes(q.toLowerCase())),
  );
  const columns: Column<Organisation>[] = [
    { id: 'ko', title: t('nameKo'), width: 'minmax(12rem, 2fr)', render: (row) => row.name_ko },
    {
      id: 'en',
      title: t('nameEn'),
      width: 'minmax(12rem, 2fr)',
      isSecondary: true,
      render: (row) => row.name_en,
    },
    { id: 'id', title: t('id'), width: 'minmax(8rem, 1fr)', isSecondary: true, render: (row) => row.id },
    {
      id: 'edit',
      title: <span className="visually-hidden">{common.t('action.edit')}</span>,
      width: '4rem',
      render: (row) =>
        mayManage && (
          <IconButton
            label={t('editNamed', { name: row.name_ko })}
            icon={<Pencil />}
            onClick={() => setEdited(row)}
          />
        ),
    },
  ];
  return (
    <div className={styles.list}>
      <div className={styles.bar}>
        <div className={styles.find}>
          <Input
            label={t('findOrg')}
            isLabelHidden
            type="search"
            placeholder={t('findOrg')}
            value={q}
            onChange={(event) => setQ(event.target.value)}
          />
        </div>
        <span className={styles.hint}>{t('orgCount', { n: all.length })}</span>
        {mayManage && (
          <Button icon={<Plus />} onClick={() => setEdited('new')}>
            {t('addOrg')}
          </Button>
        )}
      </div>
      <div className={styles.table}>
        <Table label={t('tab.organisations')} columns={columns} rows={rows} rowKey={(row) => row.id} />
      </div>
      {edited !== null && (
        <OrganisationDialog known={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </div>
  );
}
