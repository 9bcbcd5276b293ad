import { useEffect } from 'react';
import { Outlet, useNavigate } from 'react-router-dom';

import { Alarm } from '@/shared/alarm/Alarm';
import { loadCameras } from '@/shared/cameras/names';
import { useKey } from '@/shared/keyboard';
import { syncPreferences } from '@/shared/session/preferenceSync';
import { useSession } from '@/shared/session/session';
import { followIncidents } from '@/shared/incidents';
import { watchLine } from '@/shared/stream/hub';
import { common } from '@/shared/i18n';

import { CommandPalette } from './CommandPalette';
import { ExpiredDialog } from './ExpiredDialog';
import { KeyList } from './KeyList';
import { OfflineBar } from './OfflineBar';
import { pages, type PageEntry } from './pages';
import { PurposeDialog } from './PurposeDialog';
import { Rail } from './Rail';
import styles from './Shell.module.css';
import { appTexts } from './texts';
import { TopBar } from './TopBar';

function PageKey({ page }: { page: PageEntry }) {
  const navigate = useNavigate();
  const t = appTexts.useText();
  const words = common.useText();
  useKey('global', page.key, () => navigate(`/${page.path}`), t('goTo', { page: words(`pages.${page.id}`) }));
  return null;
}

/** What surrounds every page: top bar, rail, offline bar, dialogs that any page may need. */
export function Shell() {
  const session = useSession((store) => store.session);
  useEffect(watchLine, []);
  useEffect(syncPreferences, []);
  useEffect(followIncidents, []);
  useEffect(loadCameras, []);
  const visible = pages.filter((page) => session?.rights.includes(page.right));
  return (
    <div className={styles.shell}>
      <OfflineBar />
      <TopBar />
      <Rail pages={visible} />
      <main className={styles.main}>
        <Outlet />
      </main>
      {visible.map((page) => (
        <PageKey key={page.id} page={page} />
      ))}
      <CommandPalette pages={visible} />
      <Alarm />
      <PurposeDialog />
      <KeyList />
      <ExpiredDialog />
    </div>
  );
}
