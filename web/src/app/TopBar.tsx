import { Search, Target } from 'lucide-react';

import { useLanguage } from '@/shared/i18n';
import { common } from '@/shared/i18n';
import { useCameras } from '@/shared/cameras/names';
import { usePurpose } from '@/shared/session/purpose';
import { useSession } from '@/shared/session/session';
import { useHub } from '@/shared/stream/hub';
import { Button } from '@/shared/ui';

import { openPalette } from './CommandPalette';
import { openPurposeDialog } from './PurposeDialog';
import { purposeWords } from './purposeWords';
import { ShiftButton } from './ShiftButton';
import { appTexts } from './texts';
import styles from './TopBar.module.css';
import { UserMenu } from './UserMenu';

function CameraStatus() {
  const states = useHub((store) => store.cameras);
  const total = useCameras((store) => store.total);
  const t = appTexts.useText();
  if (total === null) return null;
  const count = (state: string): number =>
    [...states.values()].filter((camera) => camera.state === state).length;
  const inService = total - count('off');
  const good = inService - count('lost');
  return (
    <p className={styles.status}>
      {t('status.cameras', { good: good.toLocaleString(), total: inService.toLocaleString() })}
    </p>
  );
}

export function TopBar() {
  const t = appTexts.useText();
  const words = common.useText();
  const language = useLanguage();
  const session = useSession((store) => store.session);
  const chosen = usePurpose((store) => store.chosen);
  const incident = usePurpose((store) => store.incident);
  const organisation = session?.organisation;
  return (
    <header className={styles.bar}>
      <div className={styles.brand}>
        <span className={styles.mark}>
          <svg viewBox="0 0 8 12" aria-hidden="true">
            <path d="M4 .5c.2 1.700 2.700 2.900 2.700 5.600A2.700 2.700 0 0 1 4 8.900a2.700 2.700 0 0 1-2.700-2.800c0-1.300.700-2.100 1.300-2.800.100.900.500 1.200.800 1.300C3.200 3.100 3.300 1.700 4 .5zM1.600 9.900h4.800v1.300H1.600z" />
          </svg>
        </span>
        <span className={styles.name}>{words('name')}</span>
      </div>
      <p className={styles.organisation}>
        {language === 'ko' ? organisation?.name_ko : organisation?.name_en}
      </p>
      <ShiftButton />
      <Button look="quiet" icon={<Target />} className={styles.purpose} onClick={openPurposeDialog}>
        <span>{purposeWords(t, chosen, incident)}</span>
      </Button>
      <span className={styles.space} />
      <CameraStatus />
      <Button className={styles.search} icon={<Search />} keyName="Mod+K" onClick={openPalette}>
        <span className={styles.word}>{t('search')}</span>
      </Button>
      <UserMenu />
    </header>
  );
}
