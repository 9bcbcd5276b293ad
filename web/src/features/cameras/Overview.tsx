import { useQuery } from '@tanstack/react-query';

import { fetchBytes, type Camera } from '@/shared/api';
import { useRight } from '@/shared/session/session';
import { useBlobAddress, LivePlayer } from '@/shared/player';
import { formatDateTime, formatSpan, now, useNow } from '@/shared/time/time';
import { ErrorState } from '@/shared/ui';
import { faultWords, healthWords, StreamTable } from '@/features/health/HealthWords';

import { daysOf } from './cameraForm';
import styles from './CameraDetail.module.css';
import { cameraTexts, whoWords } from './texts';
import { formOf } from './useCameraDetail';
import { CameraState } from './CameraState';

/** A still that may be seen for setting up without the right to watch. */
export function useSetupStill(camera: string, width = 1280) {
  const still = useQuery({
    queryKey: ['setup-still', camera, width],
    queryFn: async ({ signal }) => {
      const path = `/api/v1/cameras/${encodeURIComponent(camera)}/setup-still?width=${width}`;
      const response = await fetchBytes(path, signal, 'maintenance');
      return response.blob();
    },
    staleTime: 60_000,
    refetchOnWindowFocus: false,
    retry: false,
    structuralSharing: false,
  });
  return { still, address: useBlobAddress(still.data) };
}

function SetupStill({ camera, name }: { camera: string; name: string }) {
  const t = cameraTexts.useText();
  const { still, address } = useSetupStill(camera);
  return (
    <>
      <div className={styles.picture}>
        {address !== null && <img src={address} alt={name} />}
        {still.isError && (
          <ErrorState
            title={t('overview.noStill')}
            error={still.error}
            onRetry={() => void still.refetch()}
          />
        )}
      </div>
      <p className={styles.caption}>{t('overview.noLive')}</p>
    </>
  );
}

function Health({ camera }: { camera: Camera }) {
  const t = cameraTexts.useText();
  useNow();
  const { health } = camera;
  const words = healthWords(health);
  return (
    <section className={styles.section}>
      <h2>{t('overview.health')}</h2>
      <p>
        <CameraState state={health.state} />{' '}
        <span className={styles.quiet}>
          {t('overview.since', { span: formatSpan(now() - Date.parse(health.since)) })}
        </span>
      </p>
      {words !== '' && <p className={styles.words}>{words}</p>}
      {health.faults.length > 0 && (
        <p className={styles.words}>
          {t('overview.faults')}: {health.faults.map(faultWords).join(', ')}
        </p>
      )}
    </section>
  );
}

function Facts({ camera }: { camera: Camera }) {
  const t = cameraTexts.useText();
  const form = formOf(camera);
  const { place } = form;
  const where = [place?.address, place?.site].filter(Boolean).join(', ');
  const position =
    place?.latitude === undefined ? '' : `${place.latitude.toFixed(5)}, ${(place.longitude ?? 0).toFixed(5)}`;
  return (
    <section className={styles.section}>
      <h2>{t('overview.facts')}</h2>
      <dl className={styles.facts}>
        <dt>{t('path.rules')}</dt>
        <dd>
          {t('overview.rules', {
            n: form.rules.length,
            z: form.zones.length,
            m: form.private_masks.length,
          })}
        </dd>
        <dt>{t('overview.place')}</dt>
        <dd>{[where, position].filter(Boolean).join(' · ') || '–'}</dd>
        <dt>{t('overview.retention')}</dt>
        <dd>{t('overview.days', { n: daysOf(form.keep_for) })}</dd>
        <dt>{t('overview.unseen')}</dt>
        <dd>{formatSpan(camera.health.longest_unwatched_s * 1000)}</dd>
        <dt>{t('overview.changed')}</dt>
        <dd>
          {t('overview.changedBy', {
            time: formatDateTime(camera.changed),
            who: whoWords(camera.changed_by),
          })}
        </dd>
        {form.note !== '' && (
          <>
            <dt>{t('overview.note')}</dt>
            <dd>{form.note}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** What it shows now, how it is, and what is known about it. */
export function Overview({ camera }: { camera: Camera }) {
  const t = cameraTexts.useText();
  const mayWatch = useRight('view_live');
  const { id, name } = camera.summary;
  return (
    <div className={styles.columns}>
      <div>
        {mayWatch ? (
          <div className={styles.picture}>
            <LivePlayer camera={id} name={name} role="main" zones={formOf(camera).zones} />
          </div>
        ) : (
          <SetupStill camera={id} name={name} />
        )}
      </div>
      <div>
        <Health camera={camera} />
        <section className={styles.section}>
          <h2>{t('overview.streams')}</h2>
          {camera.health.streams.length === 0 ? (
            <p className={styles.quiet}>{t('overview.none')}</p>
          ) : (
            <StreamTable streams={camera.health.streams} />
          )}
        </section>
        <Facts camera={camera} />
      </div>
    </div>
  );
}
