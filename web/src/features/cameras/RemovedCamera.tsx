import { useQuery } from '@tanstack/react-query';
import { ArchiveRestore } from 'lucide-react';
import type { ReactNode } from 'react';

import { answer, api } from '@/shared/api';
import { useRight } from '@/shared/session/session';
import { Badge, Button, Page } from '@/shared/ui';

import styles from './CameraDetail.module.css';
import { cameraTexts } from './texts';
import { useRestore, useVersions, Versions } from './Versions';

/** A camera that is out of service: what it was, and the way back. `otherwise` is shown when it never was one. */
export function RemovedCamera({ id, onBack, otherwise }: RemovedCameraProps) {
  const t = cameraTexts.useText();
  const mayConfigure = useRight('configure_cameras');
  const restore = useRestore(id);
  const versions = useVersions(id);
  const list = useQuery({
    queryKey: ['cameras', 'removed', id],
    queryFn: () => answer(api.GET('/api/v1/cameras', { params: { query: { q: id, removed: true } } })),
  });
  const newest = versions.data?.versions[0];
  if (!newest?.is_removed) return otherwise;
  const name = list.data?.cameras.find((camera) => camera.id === id)?.name ?? id;
  const last = versions.data?.versions.find((version) => !version.is_removed);
  return (
    <Page
      title={name}
      onBack={onBack}
      head={
        <>
          <Badge isStrong>{t('outOfService')}</Badge>
          <span className={styles.quiet}>{id}</span>
        </>
      }
      tools={
        mayConfigure &&
        last && (
          <Button look="primary" icon={<ArchiveRestore />} onClick={() => void restore(last.number)}>
            {t('gone.restore')}
          </Button>
        )
      }
    >
      <p className={styles.quiet}>{t('gone.text')}</p>
      <Versions id={id} current={newest.number} />
    </Page>
  );
}

interface RemovedCameraProps {
  id: string;
  onBack: () => void;
  otherwise: ReactNode;
}
