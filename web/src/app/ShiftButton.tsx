import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { UserCheck, UserMinus } from 'lucide-react';

import { answer, api } from '@/shared/api';
import { useRight } from '@/shared/session/session';
import { Button, Menu, MenuItem, toast, toastError } from '@/shared/ui';

import { appTexts } from './texts';

/** On or off shift, and how many cameras are one's own. */
export function ShiftButton() {
  const t = appTexts.useText();
  const mayHandle = useRight('handle_incidents');
  const queries = useQueryClient();
  const wall = useQuery({
    queryKey: ['wall'],
    queryFn: () => answer(api.GET('/api/v1/wall')),
    enabled: mayHandle,
    refetchInterval: 60_000,
  });
  const change = useMutation({
    mutationFn: async (isOn: boolean) => {
      if (isOn) await answer(api.PUT('/api/v1/shift', { body: {} }));
      else await answer(api.DELETE('/api/v1/shift'));
    },
    onSuccess: (_, isOn) => toast(t(isOn ? 'shift.started' : 'shift.ended')),
    onError: (error) => toastError(t('shift.failed'), error),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['wall'] }),
  });
  if (!mayHandle || !wall.data) return null;
  const { is_on_shift: isOn, share } = wall.data;
  return (
    <Menu
      align="start"
      trigger={
        <Button look="quiet">
          {isOn ? `${t('shift.on')} · ${t('shift.share', { n: share })}` : t('shift.off')}
        </Button>
      }
    >
      <MenuItem icon={isOn ? <UserMinus /> : <UserCheck />} onSelect={() => change.mutate(!isOn)}>
        {t(isOn ? 'shift.end' : 'shift.start')}
      </MenuItem>
    </Menu>
  );
}
