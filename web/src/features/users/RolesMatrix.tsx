import { Check } from 'lucide-react';

import { common } from '@/shared/i18n';
import { ErrorState, Loading } from '@/shared/ui';

import { roleWords, useRoles } from './GrantsEditor';
import { rightWords } from './rightWords';
import { userTexts } from './texts';
import styles from './Users.module.css';

/** Which role holds which right. */
export function RolesMatrix() {
  const t = userTexts.useText();
  common.useText();
  const roles = useRoles();
  if (roles.isPending) return <Loading rows={10} />;
  if (roles.isError)
    return <ErrorState title={t('rolesFailed')} error={roles.error} onRetry={() => void roles.refetch()} />;
  const list = roles.data.roles;
  const rights = [...new Set(list.flatMap((role) => role.rights))].filter((right) => right !== 'self');
  return (
    <div className={styles.roles}>
      <p className={styles.intro}>{t('rolesText')}</p>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('right')}</th>
            {list.map((role) => (
              <th key={role.id} scope="col">
                {roleWords(role.id)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rights.map((right) => {
            return (
              <tr key={right}>
                <th scope="row">{rightWords(right)}</th>
                {list.map((role) => (
                  <td key={role.id}>
                    {role.rights.includes(right) && (
                      <Check role="img" aria-label={t('has', { role: roleWords(role.id) })} />
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
