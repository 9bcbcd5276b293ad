import type { ReactNode } from 'react';

import { common, useLanguage } from '@/shared/i18n';
import { PasswordForm } from '@/features/login/PasswordForm';
import { useRight, useSession } from '@/shared/session/session';
import { Page, toast } from '@/shared/ui';

import styles from './Account.module.css';
import { SecondFactor } from './SecondFactor';
import { Sessions } from './Sessions';
import { accountTexts } from './texts';
import { Tokens } from './Tokens';

function Section({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section>
      <h2 className={styles.title}>{title}</h2>
      {text !== undefined && <p className={styles.text}>{text}</p>}
      {children}
    </section>
  );
}

function Who() {
  const t = accountTexts.useText();
  const words = common.useText();
  const language = useLanguage();
  const session = useSession((store) => store.session);
  if (!session) return null;
  const grants = session.grants.map((grant) => {
    const key = `role.${grant.role}`;
    const role = common.has(key) ? words(key) : grant.role;
    return `${role} (${grant.scope === '*' ? t('scopeAll') : grant.scope})`;
  });
  const { organisation } = session;
  return (
    <dl className={styles.facts}>
      <dt>{t('user')}</dt>
      <dd>{session.user}</dd>
      <dt>{t('organisation')}</dt>
      <dd>{language === 'ko' ? organisation.name_ko : organisation.name_en}</dd>
      <dt>{t('roles')}</dt>
      <dd>{grants.join(', ')}</dd>
    </dl>
  );
}

/** One's own account: password, second factor, sessions, tokens. */
export default function Account() {
  const t = accountTexts.useText();
  const words = common.useText();
  const name = useSession((store) => store.session?.name ?? '');
  const mayMakeTokens = useRight('manage_tokens');
  return (
    <Page title={words('pages.account')}>
      <div className={styles.page}>
        <Section title={name}>
          <Who />
        </Section>
        <Section title={t('password')} text={t('passwordText')}>
          <div className={styles.narrow}>
            <PasswordForm submitLabel={t('passwordSubmit')} onDone={() => toast(t('passwordDone'))} />
          </div>
        </Section>
        <Section title={t('totp')}>
          <SecondFactor />
        </Section>
        <Section title={t('sessions')}>
          <Sessions />
        </Section>
        {mayMakeTokens && (
          <Section title={t('tokens')} text={t('tokensText')}>
            <Tokens />
          </Section>
        )}
      </div>
    </Page>
  );
}
