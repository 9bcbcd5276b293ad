import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';

import { answer, api, ApiProblem, type Camera } from '@/shared/api';
import { common } from '@/shared/i18n';
import { useKey } from '@/shared/keyboard';
import { useRight } from '@/shared/session/session';
import { Button, Dialog, ErrorState, Loading, Page, Tabs, toast, toastError } from '@/shared/ui';

import styles from './CameraDetail.module.css';
import { LiveCameraState } from './CameraState';
import { Overview } from './Overview';
import { SettingsForm } from './SettingsForm';
import { cameraTexts } from './texts';
import { useCameraDetail } from './useCameraDetail';
import { RemovedCamera } from './RemovedCamera';
import { Versions } from './Versions';

const ZoneEditor = lazy(() => import('@/features/zones/ZoneEditor'));

const tabs = ['overview', 'settings', 'zones', 'versions'] as const;
type TabId = (typeof tabs)[number];

function RemoveButton({ camera }: { camera: Camera }) {
  const t = cameraTexts.useText();
  const words = common.useText();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const { id, name } = camera.summary;
  const remove = async (): Promise<void> => {
    try {
      await answer(api.DELETE('/api/v1/cameras/{camera}', { params: { path: { camera: id } } }));
      queries.removeQueries({ queryKey: ['camera', id] });
      await queries.invalidateQueries({ queryKey: ['cameras'] });
      toast(t('removed', { name }));
      navigate('/cameras');
    } catch (error) {
      toastError(t('settings.saveFailed'), error);
    }
  };
  return (
    <>
      <Button look="quiet" onClick={() => setAsking(true)}>
        {t('remove')}
      </Button>
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('removeTitle', { name })}
        description={t('removeText')}
        foot={
          <>
            <Button look="quiet" onClick={() => setAsking(false)}>
              {words('action.cancel')}
            </Button>
            <Button look="primary" onClick={() => void remove()}>
              {t('remove')}
            </Button>
          </>
        }
      >
        {null}
      </Dialog>
    </>
  );
}

function Content({ camera, tab }: { camera: Camera; tab: TabId }) {
  const t = cameraTexts.useText();
  const navigate = useNavigate();
  const { id } = camera.summary;
  const content = {
    overview: <Overview camera={camera} />,
    settings: <SettingsForm key={camera.version} camera={camera} />,
    zones: (
      <Suspense fallback={<Loading rows={8} />}>
        <ZoneEditor camera={camera} />
      </Suspense>
    ),
    versions: <Versions id={id} current={camera.version} />,
  };
  return (
    <Tabs
      label={camera.summary.name}
      tabs={tabs.map((each) => ({ id: each, label: t(`tab.${each}`), content: content[each] }))}
      value={tab}
      onChange={(next) => navigate(`/cameras/${encodeURIComponent(id)}/${next}`, { replace: true })}
    />
  );
}

/** One camera: how it is, how it is set, where it looks, and who changed what. */
export default function CameraDetail() {
  const t = cameraTexts.useText();
  const words = common.useText();
  const navigate = useNavigate();
  const { camera: id = '', tab } = useParams();
  const camera = useCameraDetail(id);
  const mayConfigure = useRight('configure_cameras');
  const shown = tabs.find((each) => each === tab) ?? 'overview';
  const back = (): void => navigate('/cameras');
  useKey('camera', 'Escape', back, words('action.back'), { when: shown !== 'zones' });
  const page = (
    <Page
      title={camera.data?.summary.name ?? id}
      onBack={back}
      head={
        camera.data && (
          <>
            <LiveCameraState camera={id} state={camera.data.summary.state} />
            <span className={styles.quiet}>{id}</span>
          </>
        )
      }
      tools={camera.data && mayConfigure && <RemoveButton camera={camera.data} />}
    >
      {camera.isPending && <Loading rows={8} />}
      {camera.isError && !camera.data && (
        <ErrorState title={t('failed')} error={camera.error} onRetry={() => void camera.refetch()} />
      )}
      {camera.data && <Content camera={camera.data} tab={shown} />}
    </Page>
  );
  const isGone = camera.error instanceof ApiProblem && camera.error.status === 404;
  return isGone ? <RemovedCamera id={id} onBack={back} otherwise={page} /> : page;
}
