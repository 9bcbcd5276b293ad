import { useMutation } from '@tanstack/react-query';
import { CircleDashed, Film, LayoutGrid, MapPinOff, Maximize2 } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useNavigate, useSearchParams } from 'react-router-dom';

import { answer, api, type Schemas } from '@/shared/api';
import { useKey } from '@/shared/keyboard';
import { usePreferences } from '@/shared/session/preferences';
import { useRight } from '@/shared/session/session';
import { Button, Empty, ErrorState, Loading, toast, toastError } from '@/shared/ui';

import { CameraList } from './CameraList';
import { CameraPopover } from './CameraPopover';
import { camerasWithin, type NearCamera } from './cameras';
import { CityMap } from './cityMap';
import type { Position } from './geometry';
import styles from './Map.module.css';
import { mapTexts } from './texts';
import { useMapCameras, useMapSources, useOpenIncidents, useCity } from './useMapData';

interface Ring {
  centre: Position;
  metres: number;
}

/** The city: cameras by condition and gravity, what they see, and a list of the same for the keyboard. */
export default function MapPage() {
  const t = mapTexts.useText();
  const sources = useMapSources();
  const [search, setSearch] = useSearchParams();
  const { cameras, isPending, isError, error, refetch } = useMapCameras();
  const { gravest, gravities } = useOpenIncidents();
  const [ring, setRing] = useState<Ring | null>(null);
  const chosen = search.get('camera');
  const near = useMemo(
    () => (ring ? camerasWithin(cameras, ring.centre, ring.metres) : null),
    [cameras, ring],
  );
  const choose = (id: string | null): void => setSearch(id === null ? {} : { camera: id }, { replace: true });
  const camera = cameras.find((each) => each.id === chosen) ?? null;

  if (isPending || sources.isPending) return <Loading rows={6} />;
  if (isError) return <ErrorState title={t('failed')} error={error} onRetry={() => void refetch()} />;
  if (sources.isError)
    return <ErrorState title={t('failed')} error={sources.error} onRetry={() => void sources.refetch()} />;
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{t('title')}</h1>
      <aside className={styles.side}>
        <CameraList cameras={cameras} gravities={gravities} near={near} chosen={chosen} onChoose={choose} />
        {ring && near && <RingFoot ring={ring} near={near} onClear={() => setRing(null)} />}
      </aside>
      <MapArea
        sources={sources.data}
        cameras={cameras}
        gravities={gravities}
        incidents={gravest}
        camera={camera}
        ring={ring}
        onRing={setRing}
        onChoose={choose}
      />
    </div>
  );
}

interface MapAreaProps {
  sources: Schemas['MapSources'];
  cameras: ReturnType<typeof useMapCameras>['cameras'];
  gravities: ReadonlyMap<string, number>;
  incidents: ReturnType<typeof useOpenIncidents>['gravest'];
  camera: ReturnType<typeof useMapCameras>['cameras'][number] | null;
  ring: Ring | null;
  onRing: (ring: Ring | null) => void;
  onChoose: (id: string | null) => void;
}

function useCityMap(props: MapAreaProps, onDrawn: () => void) {
  const { sources } = props;
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<CityMap | null>(null);
  const [failure, setFailure] = useState<'none' | 'webgl'>('none');
  const [brokenTiles, setBrokenTiles] = useState<string | null>(null);
  const latest = useRef({ props, onDrawn });
  latest.current = { props, onDrawn };
  useEffect(() => {
    let made: CityMap | null = null;
    const life = new AbortController();
    const events = {
      onCamera: (id: string | null) => latest.current.props.onChoose(id),
      onRadius: (centre: Position, metres: number, isDone: boolean) => {
        latest.current.props.onRing({ centre, metres });
        if (isDone) latest.current.onDrawn();
      },
      onBrokenTiles: setBrokenTiles,
      onError: (problem: Error) => {
        if (/webgl/i.test(problem.message)) setFailure('webgl');
      },
    };
    if (!box.current) return undefined;
    CityMap.create(box.current, sources, events).then(
      (city) => {
        made = city;
        if (life.signal.aborted) city.close();
        else setMap(city);
      },
      () => setFailure('webgl'),
    );
    return () => {
      life.abort();
      made?.close();
      setMap(null);
    };
  }, [sources]);
  return { box, map, failure, brokenTiles };
}

function MapArea(props: MapAreaProps) {
  const { sources, cameras, gravities, incidents, camera, ring, onChoose } = props;
  const t = mapTexts.useText();
  const theme = usePreferences((store) => store.theme);
  const [isDrawing, setDrawing] = useState(false);
  const { box, map, failure, brokenTiles } = useCityMap(props, () => setDrawing(false));
  const city = useCity(sources.geojson).data;
  const [content] = useState(() => document.createElement('div'));
  const shownTheme = useRef(theme);

  useEffect(() => map?.setCameras(cameras, gravities), [map, cameras, gravities]);
  useEffect(() => map?.setAlarms([...incidents.values()]), [map, incidents, cameras]);
  useEffect(() => {
    if (city) map?.setCity(city);
  }, [map, city]);
  useEffect(() => map?.setRing(ring), [map, ring]);
  useEffect(() => map?.setDrawing(isDrawing), [map, isDrawing]);
  useEffect(() => {
    if (theme !== shownTheme.current) map?.restyle();
    shownTheme.current = theme;
  }, [map, theme]);
  const lon = camera?.at[0];
  const lat = camera?.at[1];
  useEffect(() => {
    if (lon === undefined || lat === undefined) return undefined;
    map?.showPopup([lon, lat], content);
    map?.goTo([lon, lat]);
    return () => map?.hidePopup();
  }, [map, content, lon, lat]);

  useKey('map', 'R', () => setDrawing(!isDrawing), t('radius'));
  useKey('map', 'Z', () => map?.fit(), t('fit'));
  useKey('map', 'Escape', () => onChoose(null), t('close'), { hidden: true });
  return (
    <div className={styles.area}>
      <div ref={box} className={styles.map} aria-label={t('title')} role="region" />
      {failure === 'webgl' && (
        <div className={styles.cover}>
          <Empty icon={<MapPinOff />} title={t('noWebgl')} text={t('noWebglText')} />
        </div>
      )}
      {brokenTiles !== null && (
        <p className={styles.tilesNote} role="status">
          {t(sources.geojson === '' ? 'tilesBrokenAlone' : 'tilesBroken', { reason: brokenTiles })}
        </p>
      )}
      {cameras.length === 0 && (
        <div className={styles.cover}>
          <Empty icon={<MapPinOff />} title={t('noCameras')} text={t('noCamerasText')} />
        </div>
      )}
      <div className={styles.tools}>
        <Button
          icon={<CircleDashed />}
          keyName="R"
          aria-pressed={isDrawing}
          onClick={() => setDrawing(!isDrawing)}
        >
          {isDrawing ? t('radiusHint') : t('radius')}
        </Button>
        <Button icon={<Maximize2 />} keyName="Z" onClick={() => map?.fit()}>
          {t('fit')}
        </Button>
      </div>
      <Legend />
      {camera &&
        createPortal(
          <CameraPopover
            key={camera.id}
            camera={camera}
            incident={incidents.get(camera.id) ?? null}
            onClose={() => onChoose(null)}
          />,
          content,
        )}
    </div>
  );
}

function Legend() {
  const t = mapTexts.useText();
  return (
    <ul className={styles.legend} aria-hidden="true">
      <li data-look="ok">{t('legendOk')}</li>
      <li data-look="faulty">{t('legendFaulty')}</li>
      <li data-look="incident">{t('legendIncident')}</li>
    </ul>
  );
}

const mostPlayed = 9;

function RingFoot({ ring, near, onClear }: { ring: Ring; near: readonly NearCamera[]; onClear: () => void }) {
  const t = mapTexts.useText();
  const navigate = useNavigate();
  const mayPlay = useRight('play_back');
  const mayView = useRight('view_live');
  const ids = near.slice(0, mostPlayed).map(({ camera }) => camera.id);
  const pin = useMutation({
    mutationFn: async () => {
      const wall = await answer(api.GET('/api/v1/wall'));
      return answer(api.PUT('/api/v1/wall', { body: { pins: [...new Set([...wall.pins, ...ids])] } }));
    },
    onSuccess: () => toast(t('pinned', { n: ids.length })),
    onError: (error) => toastError(t('pinFailed'), error),
  });
  const playback = `/playback?${ids.map((id) => `camera=${encodeURIComponent(id)}`).join('&')}`;
  return (
    <footer className={styles.ringFoot}>
      <p>{t('radiusOf', { m: Math.round(ring.metres).toLocaleString(), n: near.length })}</p>
      {mayPlay && (
        <Button isWide icon={<Film />} disabled={ids.length === 0} onClick={() => navigate(playback)}>
          {near.length > mostPlayed ? t('playbackFirst') : t('playback')}
        </Button>
      )}
      {mayView && (
        <Button
          isWide
          icon={<LayoutGrid />}
          isBusy={pin.isPending}
          disabled={ids.length === 0}
          onClick={() => pin.mutate()}
        >
          {t('wall')}
        </Button>
      )}
      <Button look="quiet" isWide onClick={onClear}>
        {t('radiusClear')}
      </Button>
    </footer>
  );
}
