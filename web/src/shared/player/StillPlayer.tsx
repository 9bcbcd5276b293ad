import { useQuery } from '@tanstack/react-query';
import { VideoOff } from 'lucide-react';
import { memo, useEffect, useState } from 'react';

import { ApiProblem, fetchBytes, wordsOf } from '@/shared/api';
import { useCamera } from '@/shared/cameras/names';
import { classes } from '@/shared/ui';

import styles from './Player.module.css';
import { playerTexts } from './texts';

interface StillPlayerProps {
  camera: string;
  name: string;
  /** Pixels; the server makes the picture that small. */
  width?: number;
  /** How often a new one is fetched; 0: never. */
  everyMs?: number;
  fit?: 'contain' | 'cover';
  /** Says nothing when there is none. */
  isQuiet?: boolean;
}

/** The newest key picture of a camera, renewed now and then: for quiet tiles, at almost no cost. */
export const StillPlayer = memo(function StillPlayer(props: StillPlayerProps) {
  const { camera, name, width = 320, everyMs = 10_000, fit = 'cover', isQuiet = false } = props;
  const t = playerTexts.useText();
  const still = useQuery({
    queryKey: ['still', camera, width],
    queryFn: async ({ signal }) => {
      const response = await fetchBytes(
        `/api/v1/cameras/${encodeURIComponent(camera)}/still?width=${width}`,
        signal,
      );
      return response.blob();
    },
    refetchInterval: everyMs === 0 ? false : everyMs,
    staleTime: everyMs === 0 ? 5_000 : everyMs,
    gcTime: 60_000,
    retry: false,
    structuralSharing: false,
  });
  const address = useBlobAddress(still.data);
  return (
    <div className={styles.frame}>
      {address !== null && (
        <img
          className={classes(styles.picture, styles[fit])}
          src={address}
          alt={t('pictureOf', { camera: name })}
        />
      )}
      {address === null && still.isError && !isQuiet && (
        <div className={styles.message}>
          <VideoOff aria-hidden="true" />
          <NoPicture camera={camera} error={still.failureReason} />
        </div>
      )}
    </div>
  );
});

/** Why there is nothing to see: the camera's own state says more than the answer to one request. */
function NoPicture({ camera, error }: { camera: string; error: unknown }) {
  const t = playerTexts.useText();
  const known = useCamera(camera);
  const hasNone = error instanceof ApiProblem && error.status === 503;
  if (!hasNone) return <p className={styles.detail}>{error ? wordsOf(error) : t('lost')}</p>;
  const isUnused = known !== undefined && !known.is_recorded && !known.is_analysed;
  const cause = isUnused ? 'unused' : known?.state === 'lost' ? 'notReached' : 'notYet';
  return (
    <>
      <p>{t('noPicture.title')}</p>
      <p className={styles.detail}>{t(`noPicture.${cause}`)}</p>
    </>
  );
}

/** An address for bytes, given back when others take their place. */
export function useBlobAddress(blob: Blob | undefined): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!blob) {
      setAddress(null);
      return undefined;
    }
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address;
}
