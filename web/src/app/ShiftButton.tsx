import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { SlidersHorizontal, UserMinus } from 'lucide-react';
import { useState } from 'react';

import { answer, api } from '@/shared/api';
import { useRight } from '@/shared/session/session';
import { Button, Dialog, Menu, MenuItem, MenuLabel, toast, toastError } from '@/shared/ui';

import { ShiftForm } from './ShiftForm';
import { appTexts } from './texts';
import styles from './TopBar.module.css';

/** On or off shift, and how many cameras are one's own. */
export function ShiftButton() {
  const t = appTexts.useText();
  const mayHandle = useRight('handle_incidents');
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const wall = useQuery({
    queryKey: ['wall'],
    queryFn: () => answer(api.GET('/api/v1/wall')),
    enabled: mayHandle,
    refetchInterval: 60_000,
  });
  const end = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/shift')),
    onSuccess: () => toast(t('shift.ended')),
    onError: (error) => toastError(t('shift.failed'), error),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['wall'] }),
  });
  if (!mayHandle || !wall.data) return null;
  const { is_on_shift: isOn, share, cap } = wall.data;
  const close = (): void => setOpen(false);
  return (
    <>
      {isOn ? (
        <Menu
          align="start"
          trigger={
            <Button look="quiet">
              {t('shift.on')} <span className={styles.word}>· {t('shift.share', { n: share })}</span>
            </Button>
          }
        >
          <MenuLabel>{t('shift.shareOf', { n: share, cap })}</MenuLabel>
          <MenuItem icon={<SlidersHorizontal />} onSelect={() => setOpen(true)}>
            {t('shift.change')}
          </MenuItem>
          <MenuItem icon={<UserMinus />} onSelect={() => end.mutate()}>
            {t('shift.end')}
          </MenuItem>
        </Menu>
      ) : (
        <Button look="quiet" onClick={() => setOpen(true)}>
          {t('shift.off')}
        </Button>
      )}
      <Dialog isOpen={isOpen} onClose={close} title={t(isOn ? 'shift.change' : 'shift.start')} width={24}>
        <ShiftForm wall={wall.data} onDone={close} />
      </Dialog>
    </>
  );
}
