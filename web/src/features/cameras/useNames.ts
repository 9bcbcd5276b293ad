import { useQuery } from '@tanstack/react-query';

import { answer, api, type Schemas } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { useRight } from '@/shared/session/session';

export function useGroups(): Schemas['Group'][] {
  const groups = useQuery({
    queryKey: ['groups'],
    queryFn: () => answer(api.GET('/api/v1/groups')),
    staleTime: 60_000,
  });
  return groups.data?.groups ?? [];
}

export function useOrganisations(): Schemas['Organisation'][] {
  const mayList = useRight('view_users');
  const organisations = useQuery({
    queryKey: ['organisations'],
    queryFn: () => answer(api.GET('/api/v1/organisations')),
    staleTime: 300_000,
    enabled: mayList,
  });
  return organisations.data?.organisations ?? [];
}

export function useOrganisationName(): (id: string) => string {
  const organisations = useOrganisations();
  const language = useLanguage();
  return (id) => {
    const found = organisations.find((each) => each.id === id);
    return (language === 'ko' ? found?.name_ko : found?.name_en) ?? id;
  };
}

export function useGroupName(): (id: string) => string {
  const groups = useGroups();
  return (id) => groups.find((group) => group.id === id)?.name ?? id;
}
