import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useDeferredValue, useRef, useState } from 'react';

import { answer, api } from '@/shared/api';
import { useKey } from '@/shared/keyboard';
import { ErrorState, FindField, Loading } from '@/shared/ui';

import styles from './Playback.module.css';
import { playbackTexts } from './texts';

export const mostCameras = 9;

interface CameraPickerProps {
  chosen: readonly string[];
  onToggle: (camera: string) => void;
}

/** Cameras by name; up to nine play in step. */
export function CameraPicker({ chosen, onToggle }: CameraPickerProps) {
  const t = playbackTexts.useText();
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const q = useDeferredValue(text.trim());
  const page = useQuery({
    queryKey: ['cameras', 'picker', q],
    queryFn: () =>
      answer(api.GET('/api/v1/cameras', { params: { query: { limit: 200, ...(q !== '' && { q }) } } })),
    placeholderData: keepPreviousData,
  });
  useKey('playback', '/', () => field.current?.focus(), t('findCamera'));
  const isFull = chosen.length >= mostCameras;
  return (
    <aside className={styles.picker} aria-label={t('cameras')}>
      <FindField ref={field} label={t('findCamera')} value={text} onChange={setText} />
      <p className={styles.count}>{t('chosenOf', { n: chosen.length, most: mostCameras })}</p>
      {page.isPending && <Loading rows={6} />}
      {page.isError && <ErrorState title={t('camerasFailed')} error={page.error} />}
      <ul className={styles.pickerList}>
        {page.data?.cameras.map((camera) => {
          const isChosen = chosen.includes(camera.id);
          return (
            <li key={camera.id}>
              <button
                type="button"
                aria-pressed={isChosen}
                disabled={isFull && !isChosen}
                onClick={() => onToggle(camera.id)}
              >
                <span className={styles.tick}>{isChosen && <Check aria-hidden="true" />}</span>
                <span className={styles.pickerName}>{camera.name === '' ? camera.id : camera.name}</span>
                {!camera.is_recorded && <span className={styles.pickerNote}>{t('notRecorded')}</span>}
              </button>
            </li>
          );
        })}
      </ul>
    </aside>
  );
}
