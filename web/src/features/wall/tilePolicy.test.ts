import { describe, expect, it } from 'vitest';

import type { Tile } from '@/shared/api';

import { liveCameras } from './tilePolicy';

function tile(camera: string, code: Tile['code'], gravity = 0): Tile {
  return {
    camera,
    name: camera,
    code,
    kind: '',
    incident: '',
    gravity,
    count: 0,
    code_since: '2026-01-01T00:00:00Z',
    since: '2026-01-01T00:00:00Z',
    is_pinned: code === 'pinned',
    is_carousel: false,
    is_focused: false,
  };
}

describe('liveCameras', () => {
  const tiles = [tile('a', 'spare'), tile('b', 'people'), tile('c', 'incident', 4), tile('d', 'unseen')];

  it('plays what moves and leaves quiet tiles as stills', () => {
    expect([...liveCameras(tiles, false)]).toEqual(['c', 'b']);
  });

  it('leaves a tile that has become quiet as a still', () => {
    const quiet = [tile('a', 'left'), tile('b', 'people'), tile('c', 'pinned')];
    expect([...liveCameras(quiet, false)]).toEqual(['b', 'c']);
    expect([...liveCameras(quiet, true)]).toEqual(['b', 'c', 'a']);
  });

  it('plays all when asked, the gravest first within the limit', () => {
    expect([...liveCameras(tiles, true, 3)]).toEqual(['c', 'b', 'd']);
  });
});
