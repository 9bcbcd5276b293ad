import { NavLink } from 'react-router-dom';

import { useRight } from '@/shared/session/session';

import styles from './SubNav.module.css';
import { cameraTexts } from './texts';

/** The pages about cameras, beside the title. */
export function SubNav() {
  const t = cameraTexts.useText();
  const seesHealth = useRight('view_health');
  const link = (to: string, label: string) => (
    <NavLink to={to} end className={styles.link ?? ''}>
      {label}
    </NavLink>
  );
  return (
    <nav className={styles.nav} aria-label={t('title')}>
      {link('/cameras', t('nav.list'))}
      {seesHealth && link('/cameras/~health', t('nav.health'))}
      {link('/cameras/~groups', t('nav.groups'))}
      {seesHealth && link('/cameras/~system', t('nav.system'))}
    </nav>
  );
}
