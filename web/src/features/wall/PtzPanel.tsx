import { useMutation, useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, ZoomIn, ZoomOut } from 'lucide-react';
import type { ReactNode } from 'react';

import { needPurpose } from '@/app/PurposeDialog';
import { answer, api, type PtzCommand } from '@/shared/api';
import { useKey } from '@/shared/keyboard';
import { useRight } from '@/shared/session/session';
import { Button, IconButton, toastError } from '@/shared/ui';

import { wallTexts } from './texts';
import styles from './Wall.module.css';

const speed = 0.5;

interface Move {
  word: 'up' | 'down' | 'left' | 'right' | 'nearer' | 'farther';
  key: string;
  icon: ReactNode;
  command: PtzCommand;
}

const moves: readonly Move[] = [
  { word: 'up', key: 'ArrowUp', icon: <ArrowUp />, command: { command: 'move', tilt: speed } },
  { word: 'left', key: 'ArrowLeft', icon: <ArrowLeft />, command: { command: 'move', pan: -speed } },
  { word: 'right', key: 'ArrowRight', icon: <ArrowRight />, command: { command: 'move', pan: speed } },
  { word: 'down', key: 'ArrowDown', icon: <ArrowDown />, command: { command: 'move', tilt: -speed } },
  { word: 'nearer', key: '+', icon: <ZoomIn />, command: { command: 'move', zoom: speed } },
  { word: 'farther', key: '-', icon: <ZoomOut />, command: { command: 'move', zoom: -speed } },
];
/** A press moves for so long: the server stops by itself when no stop arrives. */
const stepMs = 400;

/** Turns and zooms a camera that can be moved; nothing for all others. The purpose is asked for once. */
export function PtzPanel({ camera }: { camera: string }) {
  const t = wallTexts.useText();
  const mayMove = useRight('move_ptz');
  const ptz = useQuery({
    queryKey: ['ptz', camera],
    queryFn: () => answer(api.GET('/api/v1/cameras/{camera}/ptz', { params: { path: { camera } } })),
    enabled: mayMove,
    retry: false,
    staleTime: 60_000,
  });
  const send = useMutation({
    mutationFn: async (command: PtzCommand) => {
      const post = (body: PtzCommand) =>
        answer(api.POST('/api/v1/cameras/{camera}/ptz', { params: { path: { camera } }, body }));
      await needPurpose();
      await post(command);
      if (command.command !== 'move') return;
      await new Promise((resolve) => setTimeout(resolve, stepMs));
      await post({ command: 'stop' });
    },
    onError: (error) => toastError(t('ptz.failed'), error),
  });
  const canMove = ptz.data?.is_available === true;
  if (!canMove) return null;
  return (
    <aside className={styles.ptz} aria-label={t('ptz.title')}>
      <h3>{t('ptz.title')}</h3>
      <div className={styles.ptzPad}>
        {moves.map((move) => (
          <MoveButton key={move.word} move={move} onMove={() => send.mutate(move.command)} />
        ))}
      </div>
      {ptz.data?.presets.map((preset) => (
        <Button
          key={preset.token}
          look="quiet"
          isWide
          onClick={() => send.mutate({ command: 'preset', preset: preset.token })}
        >
          {preset.name === '' ? `${t('ptz.preset')} ${preset.token}` : preset.name}
        </Button>
      ))}
    </aside>
  );
}

function MoveButton({ move, onMove }: { move: Move; onMove: () => void }) {
  const t = wallTexts.useText();
  useKey('wall-large', move.key, onMove, t(`ptz.${move.word}`));
  return (
    <IconButton
      className={styles[move.word]}
      label={t(`ptz.${move.word}`)}
      keyName={move.key}
      icon={move.icon}
      onClick={onMove}
    />
  );
}
