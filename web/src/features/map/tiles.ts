import { addProtocol } from 'maplibre-gl';

import type { Schemas } from '@/shared/api';

let protocol: import('pmtiles').Protocol | null = null;

/**
 * Reads the head of the archive and lets the map ask it for tiles, by ranges. Throws when it is no PMTiles archive of
 * version 3 with vector tiles: the map is then drawn without it.
 */
async function openTiles(path: string): Promise<void> {
  const { PMTiles, Protocol, TileType } = await import('pmtiles');
  const archive = new PMTiles(`${location.origin}${path}`);
  const header = await archive.getHeader();
  if (header.specVersion !== 3) throw new Error(`PMTiles version ${header.specVersion}`);
  if (header.tileType !== TileType.Mvt) throw new Error('no vector tiles');
  if (protocol === null) {
    protocol = new Protocol();
    addProtocol('pmtiles', protocol.tile);
  }
  protocol.add(archive);
}

/** What the ground is drawn from: an archive that cannot be read is left out, and why is told. */
export async function usableSources(
  sources: Schemas['MapSources'],
  onBroken: (reason: string) => void,
): Promise<Schemas['MapSources']> {
  if (sources.pmtiles === '') return sources;
  try {
    await openTiles(sources.pmtiles);
    return sources;
  } catch (error) {
    onBroken(error instanceof Error ? error.message : String(error));
    return { ...sources, pmtiles: '' };
  }
}
