import { NavLink } from 'react-router-dom';

import { common } from '@/shared/i18n';
import { Tooltip } from '@/shared/ui';

import type { PageEntry } from './pages';
import styles from './Rail.module.css';
import { appTexts } from './texts';

/** The slim bar of pages at the left. */
export function Rail({ pages }: { pages: readonly PageEntry[] }) {
  const t = common.useText();
  const words = appTexts.useText();
  return (
    <nav className={styles.rail} aria-label={words('rail')}>
      {pages.map((page) => {
        const Icon = page.icon;
        const label = t(`pages.${page.id}`);
        return (
          <Tooltip key={page.id} label={label} keyName={page.key} side="right">
            <NavLink to={`/${page.path}`} className={styles.link} aria-label={label}>
              <Icon aria-hidden="true" />
            </NavLink>
          </Tooltip>
        );
      })}
    </nav>
  );
}
