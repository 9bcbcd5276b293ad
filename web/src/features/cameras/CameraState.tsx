import type { CameraState as State } from '@/shared/api';
import { common } from '@/shared/i18n';
import { useHub } from '@/shared/stream/hub';
import { Badge } from '@/shared/ui';

import styles from './CameraState.module.css';

/** The state of a camera in a word; what is wrong is loud by inversion, not by hue. */
export function CameraState({ state }: { state: State }) {
  const t = common.useText();
  const words = t(`cameraState.${state}`);
  if (state === 'lost') return <Badge isStrong>{words}</Badge>;
  if (state === 'degraded') return <span className={styles.degraded}>{words}</span>;
  return <span className={state === 'off' ? styles.off : styles.ok}>{words}</span>;
}

/** The same, as the event stream says it now. */
export function LiveCameraState({ camera, state }: { camera: string; state: State }) {
  const told = useHub((store) => store.cameras.get(camera)?.state);
  return <CameraState state={told ?? state} />;
}
