import { ExternalLink, Film, X } from 'lucide-react';
import { useNavigate } from 'react-router-dom';

import type { IncidentSummary } from '@/shared/api';
import { common } from '@/shared/i18n';
import { kindWords } from '@/shared/incidents';
import { LivePlayer } from '@/shared/player';
import { useRight } from '@/shared/session/session';
import { Button, Gravity, IconButton } from '@/shared/ui';

import type { MapCamera } from './cameras';
import styles from './Map.module.css';
import { mapTexts } from './texts';

/** The picture is small: the sub stream is enough. */
const pictureRole = 'sub';

interface CameraPopoverProps {
  camera: MapCamera;
  incident: IncidentSummary | null;
  onClose: () => void;
}

/** What the camera sees now, beside its place on the map. */
export function CameraPopover({ camera, incident, onClose }: CameraPopoverProps) {
  const t = mapTexts.useText();
  const words = common.useText();
  const navigate = useNavigate();
  const mayView = useRight('view_live');
  const mayPlay = useRight('play_back');
  return (
    <article className={styles.popover} aria-label={camera.name}>
      <header>
        <h2>{camera.name}</h2>
        <span className={styles.state}>{words(`cameraState.${camera.state}`)}</span>
        <IconButton label={t('close')} keyName="Escape" icon={<X />} onClick={onClose} />
      </header>
      {mayView && (
        <div className={styles.popoverPicture}>
          <LivePlayer
            camera={camera.id}
            name={camera.name}
            role={pictureRole}
            gravity={incident?.gravity ?? null}
          />
        </div>
      )}
      <footer>
        {incident && (
          <>
            <Gravity value={incident.gravity} />
            <span className={styles.kind}>{kindWords(incident.kind)}</span>
            <Button
              icon={<ExternalLink />}
              onClick={() => navigate(`/control?incident=${encodeURIComponent(incident.id)}`)}
            >
              {t('openIncident')}
            </Button>
          </>
        )}
        {mayPlay && (
          <Button
            look="quiet"
            icon={<Film />}
            onClick={() => navigate(`/playback?camera=${encodeURIComponent(camera.id)}`)}
          >
            {t('playback')}
          </Button>
        )}
      </footer>
    </article>
  );
}
