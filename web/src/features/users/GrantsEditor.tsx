import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';

import { answer, api } from '@/shared/api';
import { useGroups, useOrganisationName, useOrganisations } from '@/features/cameras/useNames';
import { common } from '@/shared/i18n';
import { Button, IconButton, Select, type Choice } from '@/shared/ui';

import { hasDoubles, purposes, withPurpose, type Grant } from './grants';
import { userTexts } from './texts';
import styles from './Users.module.css';

export function useRoles() {
  return useQuery({
    queryKey: ['roles'],
    queryFn: () => answer(api.GET('/api/v1/roles')),
    staleTime: Infinity,
  });
}

export function roleWords(role: string): string {
  const key = `role.${role}`;
  return common.has(key) ? common.t(key) : role;
}

function useScopes(): Choice<string>[] {
  const t = userTexts.useText();
  const organisations = useOrganisations();
  const organisationName = useOrganisationName();
  const groups = useGroups();
  return [
    { value: '*', label: t('scopeAll') },
    ...organisations.map(({ id }) => ({
      value: `org:${id}`,
      label: t('scopeOrg', { name: organisationName(id) }),
    })),
    ...groups.map(({ id, name }) => ({ value: `group:${id}`, label: t('scopeGroup', { name }) })),
  ];
}

export function useScopeWords(): (scope: string) => string {
  const scopes = useScopes();
  return (scope) => scopes.find((each) => each.value === scope)?.label ?? scope;
}

interface GrantsEditorProps {
  grants: readonly Grant[];
  onChange: (grants: Grant[]) => void;
}

/** Which role, where, and for what. */
export function GrantsEditor({ grants, onChange }: GrantsEditorProps) {
  const t = userTexts.useText();
  common.useText();
  const roles = useRoles().data?.roles ?? [];
  const scopes = useScopes();
  const put = (index: number, grant: Grant): void =>
    onChange(grants.map((each, at) => (at === index ? grant : each)));
  return (
    <section>
      <h3 className={styles.heading}>{t('grants')}</h3>
      <p className={styles.hint}>{grants.length === 0 ? t('noGrants') : t('grantsHint')}</p>
      <ul className={styles.grants}>
        {grants.map((grant, index) => (
          <li key={index} className={styles.grant}>
            <div className={styles.grantLine}>
              <Select
                label={t('role')}
                isLabelHidden
                value={grant.role}
                choices={roles.map(({ id }) => ({ value: id, label: roleWords(id) }))}
                onChange={(role) => put(index, { ...grant, role })}
              />
              <Select
                label={t('scope')}
                isLabelHidden
                value={grant.scope}
                choices={
                  scopes.some((scope) => scope.value === grant.scope)
                    ? scopes
                    : [...scopes, { value: grant.scope, label: grant.scope }]
                }
                onChange={(scope) => put(index, { ...grant, scope })}
              />
              <IconButton
                label={t('removeGrant')}
                icon={<X />}
                onClick={() => onChange(grants.filter((_, at) => at !== index))}
              />
            </div>
            <div className={styles.chips} role="group" aria-label={t('purposes')}>
              {purposes.map((purpose) => (
                <button
                  key={purpose}
                  type="button"
                  className={styles.chip}
                  aria-pressed={grant.purposes?.includes(purpose) ?? false}
                  onClick={() => put(index, withPurpose(grant, purpose))}
                >
                  {t(`purpose.${purpose}`)}
                </button>
              ))}
              {(grant.purposes ?? []).length === 0 && <span className={styles.hint}>{t('anyPurpose')}</span>}
            </div>
          </li>
        ))}
      </ul>
      {hasDoubles(grants) && (
        <p role="alert" className={styles.doubles}>
          {t('doubles')}
        </p>
      )}
      <Button
        icon={<Plus />}
        onClick={() => onChange([...grants, { role: 'operator', scope: '*', purposes: [] }])}
      >
        {t('addGrant')}
      </Button>
    </section>
  );
}
