import type { Tile } from '@/shared/api';

/** Live pictures that one page plays at once: beyond it a wall stops being smooth on an ordinary PC. */
export const mostLive = 36;

const weight: Readonly<Record<Tile['code'], number>> = {
  incident: 6,
  escalated: 6,
  people: 4,
  vehicles: 3,
  pinned: 2,
  left: 1,
  unseen: 1,
  spare: 0,
};

/** Whether something moves before the camera, so that a still would hide it. */
export function isWorthLive(tile: Tile): boolean {
  return tile.is_focused || weight[tile.code] >= weight.pinned;
}

/** The cameras that are played live: what matters most first, at most `most`; the others are stills. */
export function liveCameras(tiles: readonly Tile[], playsAll: boolean, most = mostLive): ReadonlySet<string> {
  const wanted = playsAll ? [...tiles] : tiles.filter(isWorthLive);
  wanted.sort((a, b) => weight[b.code] - weight[a.code] || b.gravity - a.gravity);
  return new Set(wanted.slice(0, most).map((tile) => tile.camera));
}
