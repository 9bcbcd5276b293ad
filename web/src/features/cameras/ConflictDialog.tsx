import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { answer, api, type Camera } from '@/shared/api';
import { formatDateTime } from '@/shared/time/time';
import { Button, Dialog, Loading } from '@/shared/ui';

import { ChangeTable } from './ChangeTable';
import styles from './CameraDetail.module.css';
import { cameraTexts } from './texts';

interface ConflictDialogProps {
  /** The camera as it is stored now; null while there is no conflict. */
  theirs: Camera | null;
  clashing: readonly string[];
  onTakeTheirs: () => void;
  onMerge: () => void;
  onClose: () => void;
}

export function useVersionDiff(camera: string, version: number, isEnabled = true) {
  return useQuery({
    queryKey: ['version-diff', camera, version],
    queryFn: () =>
      answer(
        api.GET('/api/v1/cameras/{camera}/versions/{version}/diff', {
          params: { path: { camera, version } },
        }),
      ),
    enabled: isEnabled && camera !== '' && version > 0,
    staleTime: Infinity,
  });
}

function Theirs({ camera }: { camera: Camera }): ReactNode {
  const diff = useVersionDiff(camera.summary.id, camera.version);
  if (diff.isPending) return <Loading rows={2} />;
  return <ChangeTable changes={diff.data?.changes ?? []} />;
}

/** Somebody stored the camera between loading and saving: says who and what, and lets one choose. */
export function ConflictDialog({ theirs, clashing, onTakeTheirs, onMerge, onClose }: ConflictDialogProps) {
  const t = cameraTexts.useText();
  if (theirs === null) return null;
  const names = clashing.map((key) => {
    const path = `path.${key}`;
    return cameraTexts.has(path) ? t(path) : key;
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('conflict.title')}
      description={t('conflict.text', {
        who: theirs.changed_by,
        time: formatDateTime(theirs.changed),
        version: theirs.version,
      })}
      width={40}
      foot={
        <>
          <Button onClick={onTakeTheirs}>{t('conflict.takeTheirs')}</Button>
          <Button look="primary" onClick={onMerge}>
            {t('conflict.merge')}
          </Button>
        </>
      }
    >
      <p className={styles.section}>
        {names.length > 0 ? t('conflict.clash', { names: names.join(', ') }) : t('conflict.noClash')}
      </p>
      <section className={styles.section}>
        <h2>{t('conflict.theirs')}</h2>
        <Theirs camera={theirs} />
      </section>
    </Dialog>
  );
}
