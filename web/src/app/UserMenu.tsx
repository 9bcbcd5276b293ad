import { Bell, BellOff, BookOpen, CircleUser, Keyboard, LogOut, Volume2, VolumeX } from 'lucide-react';
import { useNavigate } from 'react-router-dom';

import { setLanguage, useLanguage } from '@/shared/i18n';
import { usePreferences } from '@/shared/session/preferences';
import { logOut, useSession } from '@/shared/session/session';
import { Button, Menu, MenuItem, MenuLabel, MenuLine } from '@/shared/ui';

import { openKeyList } from './KeyList';
import { appTexts } from './texts';
import styles from './TopBar.module.css';

async function askForNotifications(): Promise<void> {
  // Browsers have none on pages without TLS.
  const permission = 'Notification' in window ? await Notification.requestPermission() : 'denied';
  usePreferences.getState().set({ notifications: permission === 'granted' });
}

export function UserMenu() {
  const t = appTexts.useText();
  const navigate = useNavigate();
  const language = useLanguage();
  const session = useSession((store) => store.session);
  const { theme, density, sound, notifications, set } = usePreferences();
  return (
    <Menu
      trigger={
        <Button look="quiet" icon={<CircleUser />} aria-label={session?.name}>
          <span className={styles.word}>{session?.name ?? ''}</span>
        </Button>
      }
    >
      <MenuItem icon={<CircleUser />} onSelect={() => navigate('/account')}>
        {t('user.account')}
      </MenuItem>
      <MenuItem icon={<BookOpen />} onSelect={() => navigate('/docs')}>
        {t('user.docs')}
      </MenuItem>
      <MenuItem icon={<Keyboard />} keyName="?" onSelect={openKeyList}>
        {t('user.keys')}
      </MenuItem>
      <MenuItem icon={sound ? <VolumeX /> : <Volume2 />} onSelect={() => set({ sound: !sound })}>
        {t(sound ? 'user.soundOff' : 'user.soundOn')}
      </MenuItem>
      <MenuItem
        icon={notifications ? <BellOff /> : <Bell />}
        onSelect={() => (notifications ? set({ notifications: false }) : void askForNotifications())}
      >
        {t(notifications ? 'user.notifyOff' : 'user.notify')}
      </MenuItem>
      <MenuLine />
      <MenuLabel>{t('user.theme')}</MenuLabel>
      <MenuItem isChecked={theme === 'dark'} onSelect={() => set({ theme: 'dark' })}>
        {t('user.dark')}
      </MenuItem>
      <MenuItem isChecked={theme === 'light'} onSelect={() => set({ theme: 'light' })}>
        {t('user.light')}
      </MenuItem>
      <MenuLabel>{t('user.density')}</MenuLabel>
      <MenuItem isChecked={density === 'cosy'} onSelect={() => set({ density: 'cosy' })}>
        {t('user.cosy')}
      </MenuItem>
      <MenuItem isChecked={density === 'compact'} onSelect={() => set({ density: 'compact' })}>
        {t('user.compact')}
      </MenuItem>
      <MenuLabel>{t('user.language')}</MenuLabel>
      <MenuItem isChecked={language === 'ko'} onSelect={() => setLanguage('ko')}>
        <span lang="ko">한국어</span>
      </MenuItem>
      <MenuItem isChecked={language === 'en'} onSelect={() => setLanguage('en')}>
        <span lang="en">English</span>
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<LogOut />} onSelect={() => void logOut()}>
        {t('user.logout')}
      </MenuItem>
    </Menu>
  );
}
