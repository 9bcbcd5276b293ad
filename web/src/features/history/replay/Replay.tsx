import { useQuery } from '@tanstack/react-query';
import { ScanEye } from 'lucide-react';
import { useMemo } from 'react';
import { useNavigate, useParams } from 'react-router-dom';

import { answer, api, type Incident, type IncidentReplay } from '@/shared/api';
import { useCameraName } from '@/shared/cameras/names';
import { kindWords } from '@/shared/incidents';
import { useClip } from '@/shared/player';
import { useRight } from '@/shared/session/session';
import { Empty, ErrorState, Gravity, Loading, Page } from '@/shared/ui';

import styles from './Replay.module.css';
import { ReplayPicture } from './ReplayPicture';
import { SeenPanel } from './SeenPanel';
import { sceneAt, storyOf } from './story';
import { replayTexts } from './texts';
import { Transport } from './Transport';
import { usePlace } from './usePlace';

function useIncidentReplay(incident: string) {
  const params = { path: { incident } };
  return useQuery({
    queryKey: ['incident', incident, 'replay'],
    queryFn: async () => {
      const [whole, replay] = await Promise.all([
        answer(api.GET('/api/v1/incidents/{incident}', { params })),
        answer(api.GET('/api/v1/incidents/{incident}/replay', { params })),
      ]);
      return { incident: whole, replay };
    },
    staleTime: Infinity,
    retry: false,
  });
}

/** One incident again, scene by scene: the recorded picture, what the rules saw in it, what they said. */
export default function Replay() {
  const t = replayTexts.useText();
  const { incident: id = '' } = useParams();
  const navigate = useNavigate();
  const loaded = useIncidentReplay(id);
  const { data } = loaded;
  return (
    <Page
      title={t('title')}
      isPadded={false}
      onBack={() => navigate('/history')}
      head={data && <What incident={data.incident} />}
    >
      {loaded.isPending && <Loading rows={6} />}
      {loaded.isError && (
        <ErrorState title={t('failed')} error={loaded.error} onRetry={() => void loaded.refetch()} />
      )}
      {data && data.replay.steps.length === 0 && (
        <Empty icon={<ScanEye />} title={t('emptyTitle')} text={t('emptyText')} />
      )}
      {data && data.replay.steps.length > 0 && <Scenes incident={data.incident} replay={data.replay} />}
    </Page>
  );
}

function What({ incident }: { incident: Incident }) {
  const name = useCameraName(incident.camera);
  return (
    <p className={styles.what}>
      {kindWords(incident.kind)} · {name} <Gravity value={incident.gravity} />
    </p>
  );
}

function Scenes({ incident, replay }: { incident: Incident; replay: IncidentReplay }) {
  const name = useCameraName(incident.camera);
  const mayPlayBack = useRight('play_back');
  const story = useMemo(() => storyOf(replay), [replay]);
  const clip = useClip(incident, { mayPlayBack, isShown: true });
  const place = usePlace(clip, story.times, sceneAt(story.times, Date.parse(incident.started)));
  const step = replay.steps[place.index];
  const told = story.told[place.index];
  if (step === undefined || told === undefined) return null;
  return (
    <div className={styles.split}>
      <div className={styles.scene}>
        <ReplayPicture replay={replay} step={step} open={told.open} clip={clip} name={name} />
        <Transport replay={replay} story={story} place={place} canPlay={clip.phase === 'ready'} />
      </div>
      <SeenPanel incident={incident} replay={replay} step={step} told={told} />
    </div>
  );
}
