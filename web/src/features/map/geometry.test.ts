import { describe, expect, it } from 'vitest';

import { boundsOf, circle, distanceM, placeAt, wedge, type Position } from './geometry';

const cityHall: Position = [127.4, 37.2];

describe('distances on the map', () => {
  it('measures a degree of latitude as about 111.2 km', () => {
    expect(distanceM([127, 37], [127, 38]) / 1000).toBeCloseTo(111.19, 1);
  });

  it('comes back to the distance and direction that was gone', () => {
    for (const heading of [0, 45, 90, 200, 359]) {
      expect(distanceM(cityHall, placeAt(cityHall, 250, heading))).toBeCloseTo(250, 3);
    }
    const [lon, lat] = placeAt(cityHall, 100, 90);
    expect(lon).toBeGreaterThan(cityHall[0]);
    expect(lat).toBeCloseTo(cityHall[1], 5);
  });

  it('draws what a camera sees as a closed sector around its heading', () => {
    const ring = wedge(cityHall, 90, 60, 80);
    expect(ring[0]).toEqual(cityHall);
    expect(ring.at(-1)).toEqual(cityHall);
    for (const [lon] of ring.slice(1, -1)) expect(lon).toBeGreaterThan(cityHall[0]);
  });

  it('draws a full circle as one ring at the same distance', () => {
    const ring = circle(cityHall, 300);
    expect(ring[0]).toEqual(ring.at(-1));
    for (const each of ring) expect(distanceM(cityHall, each)).toBeCloseTo(300, 3);
  });

  it('knows the box around places', () => {
    expect(boundsOf([cityHall, [127.5, 37.1]])).toEqual([127.4, 37.1, 127.5, 37.2]);
    expect(boundsOf([])).toBeNull();
  });
});
