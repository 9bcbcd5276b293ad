import { useState } from 'react';

import { setLanguage, useLanguage } from '@/shared/i18n';
import { usePreferences } from '@/shared/session/preferences';
import { loadSession, useSession } from '@/shared/session/session';
import { Button } from '@/shared/ui';

import styles from './Login.module.css';
import { LoginForm } from './LoginForm';
import { PasswordForm } from './PasswordForm';
import { loginTexts } from './texts';

/** The first page: log in, and choose a password of one's own when the given one was for once only. */
export default function Login() {
  const t = loginTexts.useText();
  const language = useLanguage();
  const { theme, set } = usePreferences();
  const mustChange = useSession(
    (store) => store.phase === 'in' && store.session?.must_change_password === true,
  );
  const [password, setPassword] = useState('');
  return (
    <div className={styles.page}>
      <main className={styles.card}>
        <div className={styles.mark} aria-hidden="true">
          <svg viewBox="0 0 8 12">
            <path d="M4 .5c.2 1.700 2.700 2.900 2.700 5.600A2.700 2.700 0 0 1 4 8.900a2.700 2.700 0 0 1-2.700-2.800c0-1.300.700-2.100 1.300-2.800.100.900.500 1.200.800 1.300C3.200 3.100 3.300 1.700 4 .5zM1.600 9.900h4.800v1.300H1.600z" />
          </svg>
        </div>
        <h1 className={styles.title}>{t(mustChange ? 'change' : 'title')}</h1>
        {mustChange ? (
          <>
            <p className={styles.why}>{t('changeWhy')}</p>
            <PasswordForm
              current={password}
              submitLabel={t('changeSubmit')}
              onDone={() => void loadSession()}
            />
          </>
        ) : (
          <LoginForm onPassword={setPassword} />
        )}
      </main>
      <footer className={styles.foot}>
        <span>{t('watched')}</span>
        <Button look="quiet" onClick={() => setLanguage(language === 'ko' ? 'en' : 'ko')}>
          {language === 'ko' ? <span lang="en">English</span> : <span lang="ko">한국어</span>}
        </Button>
        <Button look="quiet" onClick={() => set({ theme: theme === 'dark' ? 'light' : 'dark' })}>
          {t(theme === 'dark' ? 'light' : 'dark')}
        </Button>
      </footer>
    </div>
  );
}
