import { useQuery } from '@tanstack/react-query';

import { answer, api, type Schemas } from '@/shared/api';
import { StillPlayer } from '@/shared/player';
import { Loading } from '@/shared/ui';

import styles from './Focus.module.css';
import { queueTexts } from './texts';

export type Neighbour = Schemas['Neighbour'];
export const mostNeighbours = 5;

export function useNeighbours(incident: string) {
  return useQuery({
    queryKey: ['incident', incident, 'neighbours'],
    queryFn: () =>
      answer(api.GET('/api/v1/incidents/{incident}/neighbours', { params: { path: { incident } } })),
    staleTime: 300_000,
    retry: false,
  });
}

/** "772 m", "1.3 km". */
function distanceWords(metres: number): string {
  const { t } = queueTexts;
  if (metres < 1000) return t('metres', { n: Math.round(metres) });
  return t('kilometres', { n: (metres / 1000).toFixed(1) });
}

interface NeighbourStripProps {
  incident: string;
  /** The neighbour whose live picture is in focus. */
  shown: string | null;
  onShow: (camera: string | null) => void;
}

/** The five cameras around: a glance each, a click brings one live into focus. */
export function NeighbourStrip({ incident, shown, onShow }: NeighbourStripProps) {
  const t = queueTexts.useText();
  const { data, isPending } = useNeighbours(incident);
  const neighbours = data?.neighbours.slice(0, mostNeighbours) ?? [];
  return (
    <div className={styles.strip} role="group" aria-label={t('neighbours')}>
      {isPending && (
        <div className={styles.stripEmpty}>
          <Loading rows={1} />
        </div>
      )}
      {!isPending && neighbours.length === 0 && <p className={styles.stripEmpty}>{t('neighboursNone')}</p>}
      {neighbours.map((neighbour) => (
        <button
          key={neighbour.camera}
          type="button"
          className={styles.neighbour}
          aria-pressed={neighbour.camera === shown}
          onClick={() => onShow(neighbour.camera === shown ? null : neighbour.camera)}
        >
          <StillPlayer camera={neighbour.camera} name={neighbour.name} everyMs={5000} />
          <span className={styles.label}>
            <span>{neighbour.name}</span>
            <span>{distanceWords(neighbour.distance_m)}</span>
          </span>
        </button>
      ))}
    </div>
  );
}
