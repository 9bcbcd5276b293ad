import { Film } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';

import { needPurpose } from '@/app/PurposeDialog';
import { now } from '@/shared/time/time';
import { usePurpose } from '@/shared/session/purpose';
import { Button, Empty } from '@/shared/ui';

import { CameraPicker, mostCameras } from './CameraPicker';
import { Deck } from './deck';
import styles from './Playback.module.css';
import { Player } from './Player';
import { playbackTexts } from './texts';

const backMs = 60_000;

/** Stored pictures of up to nine cameras in step. Which ones and when stand in the address. */
export default function PlaybackPage() {
  const t = playbackTexts.useText();
  const isAllowed = usePurpose((store) => store.chosen !== 'control' || store.incident !== null);
  useEffect(() => void needPurpose(), []);
  if (!isAllowed) {
    return (
      <Empty icon={<Film />} title={t('purposeTitle')} text={t('purposeText')}>
        <Button look="primary" onClick={() => void needPurpose()}>
          {t('purposeChoose')}
        </Button>
      </Empty>
    );
  }
  return <Allowed />;
}

function useDeck(at: string | null): Deck | null {
  const [deck, setDeck] = useState<Deck | null>(null);
  const [asked] = useState(() => Date.parse(at ?? ''));
  useEffect(() => {
    const made = new Deck(Number.isNaN(asked) ? now() - backMs : asked);
    setDeck(made);
    return () => made.close();
  }, [asked]);
  return deck;
}

function Allowed() {
  const t = playbackTexts.useText();
  const [search, setSearch] = useSearchParams();
  const cameras = search.getAll('camera').slice(0, mostCameras);
  const deck = useDeck(search.get('at'));
  const toggle = (camera: string): void => {
    const next = cameras.includes(camera)
      ? cameras.filter((each) => each !== camera)
      : [...cameras, camera].slice(0, mostCameras);
    const params = new URLSearchParams(next.map((each) => ['camera', each]));
    if (deck) params.set('at', new Date(deck.clock.now()).toISOString());
    setSearch(params, { replace: true });
  };
  return (
    <section className={styles.page} aria-label={t('title')}>
      <h1 className="visually-hidden">{t('title')}</h1>
      <CameraPicker chosen={cameras} onToggle={toggle} />
      {cameras.length === 0 || deck === null ? (
        <div className={styles.nothing}>
          <Empty icon={<Film />} title={t('emptyTitle')} text={t('emptyText')} />
        </div>
      ) : (
        <Player deck={deck} cameras={cameras} />
      )}
    </section>
  );
}
