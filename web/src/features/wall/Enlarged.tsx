import { ArrowLeft, ExternalLink, Pin } from 'lucide-react';
import { useNavigate } from 'react-router-dom';

import type { Tile } from '@/shared/api';
import { useKey, useKeyLayer } from '@/shared/keyboard';
import { LivePlayer } from '@/shared/player';
import { Button, Gravity } from '@/shared/ui';

import { PtzPanel } from './PtzPanel';
import { wallTexts } from './texts';
import { whyTile } from './WallTile';
import styles from './Wall.module.css';

const largeRole = 'main';

interface EnlargedProps {
  tile: Tile;
  onBack: () => void;
  onPin: () => void;
}

/** One camera in large, with its main stream, and its controls when it can be moved. */
export function Enlarged({ tile, onBack, onPin }: EnlargedProps) {
  const t = wallTexts.useText();
  const navigate = useNavigate();
  const openIncident = (): void => {
    if (tile.incident !== '') navigate(`/control?incident=${encodeURIComponent(tile.incident)}`);
  };
  useKeyLayer('wall-large');
  useKey('wall-large', 'Escape', onBack, t('back'));
  useKey('wall-large', 'Enter', onBack, t('back'), { hidden: true });
  useKey('wall-large', 'P', onPin, t(tile.is_pinned ? 'unpin' : 'pin'));
  useKey('wall-large', 'O', openIncident, t('open'), { when: tile.incident !== '' });
  return (
    <div className={styles.large}>
      <header className={styles.largeHead}>
        <Button look="quiet" icon={<ArrowLeft />} keyName="Escape" onClick={onBack}>
          {t('back')}
        </Button>
        <h2 className={styles.largeName}>{tile.name}</h2>
        {tile.gravity > 0 && <Gravity value={tile.gravity} hasWord />}
        <span className={styles.why}>{whyTile(tile, Date.parse(tile.code_since))}</span>
        <span className={styles.space} />
        <Button look="quiet" icon={<Pin />} keyName="P" onClick={onPin}>
          {t(tile.is_pinned ? 'unpin' : 'pin')}
        </Button>
        {tile.incident !== '' && (
          <Button icon={<ExternalLink />} keyName="O" onClick={openIncident}>
            {t('open')}
          </Button>
        )}
      </header>
      <div className={styles.largeBody}>
        <div className={styles.largePicture}>
          <LivePlayer
            camera={tile.camera}
            name={tile.name}
            role={largeRole}
            gravity={tile.gravity > 0 ? tile.gravity : null}
          />
        </div>
        <PtzPanel camera={tile.camera} />
      </div>
    </div>
  );
}
