import { useQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';

import { purposeWords } from '@/app/purposeWords';
import { appTexts } from '@/app/texts';
import { answer, api, type Schemas } from '@/shared/api';
import { useRight } from '@/shared/session/session';
import { formatDateTime } from '@/shared/time/time';
import { Badge, Button, classes, ErrorState, Loading, toast, toastError } from '@/shared/ui';

import { ChangeTable } from './ChangeTable';
import { useVersionDiff } from './ConflictDialog';
import { cameraTexts, whoWords } from './texts';
import { useTakeCamera } from './useCameraDetail';
import styles from './Versions.module.css';

type Version = Schemas['CameraVersion'];

export function useVersions(camera: string, isEnabled = true) {
  return useQuery({
    queryKey: ['versions', camera],
    queryFn: () => answer(api.GET('/api/v1/cameras/{camera}/versions', { params: { path: { camera } } })),
    enabled: isEnabled,
  });
}

export function useRestore(camera: string) {
  const t = cameraTexts.useText();
  const take = useTakeCamera();
  return async (version: number): Promise<void> => {
    try {
      const path = { camera, version };
      take(
        await answer(api.POST('/api/v1/cameras/{camera}/versions/{version}/restore', { params: { path } })),
      );
      toast(t('versions.restored', { n: version }));
    } catch (error) {
      toastError(t('versions.restoreFailed'), error);
    }
  };
}

function Diff({ camera, version }: { camera: string; version: Version }) {
  const t = cameraTexts.useText();
  const diff = useVersionDiff(camera, version.number, version.number > 1 && !version.is_removed);
  if (version.number === 1) return <p className={styles.quiet}>{t('versions.first')}</p>;
  if (version.is_removed) return <p className={styles.quiet}>{t('versions.removed')}</p>;
  if (diff.isPending) return <Loading rows={3} />;
  if (diff.isError)
    return <ErrorState title={t('versions.failed')} error={diff.error} onRetry={() => void diff.refetch()} />;
  return <ChangeTable changes={diff.data.changes} />;
}

/** A change is made for a purpose; other reasons are said as they are. */
function whyWords(why: string): string {
  return /^(control|incident|request|maintenance|training)(:|$)/.test(why)
    ? purposeWords(appTexts.t, why, null)
    : why;
}

/** Who changed what, when and why; every version can come back. */
export function Versions({ id, current }: { id: string; current: number }) {
  const t = cameraTexts.useText();
  appTexts.useText();
  const versions = useVersions(id);
  const restore = useRestore(id);
  const mayConfigure = useRight('configure_cameras');
  const [chosen, setChosen] = useState<number | null>(null);
  if (versions.isPending) return <Loading rows={5} />;
  if (versions.isError)
    return (
      <ErrorState
        title={t('versions.failed')}
        error={versions.error}
        onRetry={() => void versions.refetch()}
      />
    );
  const list = versions.data.versions;
  const shown = list.find((version) => version.number === (chosen ?? current));
  const before = list.find((version) => version.number < current && !version.is_removed);
  return (
    <div className={styles.split}>
      <ol className={styles.list}>
        {list.map((version) => (
          <li key={version.number}>
            <button
              type="button"
              className={classes(styles.version, version.number === shown?.number && styles.chosen)}
              aria-pressed={version.number === shown?.number}
              onClick={() => setChosen(version.number)}
            >
              <span className={styles.head}>
                {t('versions.number', { n: version.number })}
                {version.number === current && <Badge>{t('versions.now')}</Badge>}
                {version.is_removed && <Badge isStrong>{t('versions.removed')}</Badge>}
              </span>
              <span className={styles.quiet}>{formatDateTime(version.time)}</span>
              <span className={styles.quiet}>
                {[whoWords(version.who), whyWords(version.why)].filter(Boolean).join(' · ')}
              </span>
            </button>
          </li>
        ))}
      </ol>
      <div>
        {shown && (
          <>
            <header className={styles.tools}>
              <h2>{t('versions.number', { n: shown.number })}</h2>
              {mayConfigure && shown.number === current && before && (
                <Button icon={<Undo2 />} onClick={() => void restore(before.number)}>
                  {t('versions.undo')}
                </Button>
              )}
              {mayConfigure && shown.number !== current && !shown.is_removed && (
                <Button icon={<Undo2 />} onClick={() => void restore(shown.number)}>
                  {t('versions.restore')}
                </Button>
              )}
            </header>
            <Diff camera={id} version={shown} />
          </>
        )}
      </div>
    </div>
  );
}
