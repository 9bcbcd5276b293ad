import { describe, expect, it } from 'vitest';

import { cameraPoints, camerasWithin, cameraWedges, readCameras } from './cameras';

const table = {
  columns: ['id', 'name', 'latitude', 'longitude', 'heading', 'field_of_view', 'range', 'state'],
  rows: [
    ['gate', '정문', 37.2, 127.4, 90, 70, 60, 'ok'],
    ['yard', '', 37.201, 127.4, null, null, null, 'lost'],
    ['nowhere', '없음', null, null, null, null, null, 'ok'],
  ],
  change: 4,
};

describe('cameras on the map', () => {
  const cameras = readCameras(table);

  it('are read by the names of the columns, and only those with a place', () => {
    expect(cameras.map((camera) => [camera.id, camera.name, camera.state])).toEqual([
      ['gate', '정문', 'ok'],
      ['yard', 'yard', 'lost'],
    ]);
    const turned = readCameras({
      ...table,
      columns: [...table.columns].reverse(),
      rows: table.rows.map((row) => [...row].reverse()),
    });
    expect(turned).toEqual(cameras);
  });

  it('are found in a circle with their distance, the nearest first', () => {
    expect(camerasWithin(cameras, [127.4, 37.2008], 500).map((near) => near.camera.id)).toEqual([
      'yard',
      'gate',
    ]);
    expect(camerasWithin(cameras, [127.4, 37.2], 50).map((near) => near.camera.id)).toEqual(['gate']);
  });

  it('carry their gravity and faults, and a sector only when they face somewhere', () => {
    const gravities = new Map([['gate', 4]]);
    const points = cameraPoints(cameras, gravities).features.map((each) => each.properties);
    expect(points).toMatchObject([
      { id: 'gate', gravity: 4, isFaulty: 0 },
      { id: 'yard', gravity: 0, isFaulty: 1 },
    ]);
    expect(cameraWedges(cameras, gravities).features.map((each) => each.properties.id)).toEqual(['gate']);
  });
});
