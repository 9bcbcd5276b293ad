import { useDeferredValue, useMemo, useRef, useState, type KeyboardEvent } from 'react';

import { common } from '@/shared/i18n';
import { useKey } from '@/shared/keyboard';
import { FindField, Gravity } from '@/shared/ui';

import type { MapCamera, NearCamera } from './cameras';
import styles from './Map.module.css';
import { mapTexts } from './texts';

interface CameraListProps {
  cameras: readonly MapCamera[];
  gravities: ReadonlyMap<string, number>;
  /** Those within the circle; null without one. */
  near: readonly NearCamera[] | null;
  chosen: string | null;
  onChoose: (id: string) => void;
}

const mostRows = 300;

/** The same cameras as on the map, for the keyboard and for screen readers: what needs attention first. */
export function CameraList({ cameras, gravities, near, chosen, onChoose }: CameraListProps) {
  const t = mapTexts.useText();
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const q = useDeferredValue(text.trim().toLowerCase());
  useKey('map', '/', () => field.current?.focus(), t('find'));
  const rows = useMemo(() => {
    const all: NearCamera[] = near ? [...near] : cameras.map((camera) => ({ camera, metres: -1 }));
    const found = all.filter(
      ({ camera }) => q === '' || `${camera.name} ${camera.id}`.toLowerCase().includes(q),
    );
    if (near) return found;
    const weight = ({ camera }: NearCamera): number =>
      (gravities.get(camera.id) ?? 0) * 10 + (camera.state === 'ok' ? 0 : 1);
    return found.sort(
      (one, other) => weight(other) - weight(one) || one.camera.name.localeCompare(other.camera.name),
    );
  }, [cameras, near, q, gravities]);
  const faulty = cameras.filter((camera) => camera.state !== 'ok').length;
  return (
    <>
      <FindField ref={field} label={t('find')} value={text} onChange={setText} />
      <p className={styles.count}>
        {t('count', { n: cameras.length })}
        {faulty > 0 && <strong> · {t('faulty', { n: faulty })}</strong>}
      </p>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between the buttons inside */}
      <ul className={styles.list} aria-label={t('list')} onKeyDown={moveFocus}>
        {rows.slice(0, mostRows).map(({ camera, metres }) => (
          <Row
            key={camera.id}
            camera={camera}
            metres={metres}
            gravity={gravities.get(camera.id) ?? 0}
            isChosen={camera.id === chosen}
            onChoose={onChoose}
          />
        ))}
      </ul>
      {rows.length === 0 && q !== '' && <p className={styles.count}>{t('nothing', { text })}</p>}
      {rows.length > mostRows && (
        <p className={styles.count}>{t('moreText', { n: rows.length - mostRows })}</p>
      )}
    </>
  );
}

function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
  event.preventDefault();
  event.stopPropagation();
}

interface RowProps {
  camera: MapCamera;
  metres: number;
  gravity: number;
  isChosen: boolean;
  onChoose: (id: string) => void;
}

function Row({ camera, metres, gravity, isChosen, onChoose }: RowProps) {
  const t = mapTexts.useText();
  const words = common.useText();
  return (
    <li>
      <button type="button" aria-current={isChosen} onClick={() => onChoose(camera.id)}>
        <span className={styles.rowName}>{camera.name}</span>
        {metres >= 0 && (
          <span className={styles.metres}>{t('metres', { n: Math.round(metres).toLocaleString() })}</span>
        )}
        {camera.state !== 'ok' && (
          <span className={styles.fault}>{words(`cameraState.${camera.state}`)}</span>
        )}
        {gravity > 0 && <Gravity value={gravity} />}
      </button>
    </li>
  );
}
