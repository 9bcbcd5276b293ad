import { describe, expect, it } from 'vitest';

import { projector } from './backdrop';
import { readCity } from './city';
import { placeAt } from './geometry';

describe('the ground of small maps', () => {
  it('puts the centre in the middle and north up, in metres', () => {
    const centre: [number, number] = [127.4, 37.2];
    const project = projector({ centre, scale: 0.5, width: 300, height: 200 });
    expect(project(centre)).toEqual([150, 100]);
    const [x, y] = project(placeAt(centre, 100, 90));
    expect(x).toBeCloseTo(200, 0);
    expect(y).toBeCloseTo(100, 0);
    expect(project(placeAt(centre, 100, 0))[1]).toBeLessThan(100);
  });

  it('is read from GeoJSON with its names, and from nothing else', () => {
    const place = {
      type: 'Feature',
      properties: { kind: 'place', name: '시청' },
      geometry: { type: 'Point', coordinates: [127, 37] },
    };
    expect(readCity({ type: 'FeatureCollection', features: [place] })?.places).toEqual([
      { name: '시청', at: [127, 37] },
    ]);
    expect(readCity({ type: 'Feature' })).toBeNull();
    expect(readCity('city')).toBeNull();
  });
});
