import { describe, expect, it } from 'vitest';

import { pictureRect, SceneTrail } from './boxes';
import { PictureClock } from './pictureClock';

function scene(wallMs: number, x: number) {
  return {
    wallMs,
    width: 640,
    height: 360,
    tracks: [{ id: 1, class: 'person', state: 'confirmed', box: [x, 0, 10, 20] }],
  };
}

describe('boxes', () => {
  it('move between the scenes before and after the picture', () => {
    const trail = new SceneTrail();
    trail.add(scene(1000, 0));
    trail.add(scene(1200, 100));
    expect(trail.at(1050)?.tracks[0]?.box[0]).toBeCloseTo(25);
  });

  it('are not drawn before the first scene nor long after the last', () => {
    const trail = new SceneTrail();
    trail.add(scene(1000, 0));
    expect(trail.at(900)).toBeNull();
    expect(trail.at(1500)?.tracks).toHaveLength(1);
    expect(trail.at(1700)).toBeNull();
  });

  it('go on in their direction when the picture is newer than the newest scene', () => {
    const trail = new SceneTrail();
    trail.add(scene(1000, 0));
    trail.add(scene(1200, 100));
    expect(trail.at(1300)?.tracks[0]?.box[0]).toBeCloseTo(150);
  });

  it('stay where they were when the track has gone in the next scene', () => {
    const trail = new SceneTrail();
    trail.add(scene(1000, 40));
    trail.add({ ...scene(1200, 0), tracks: [] });
    expect(trail.at(1100)?.tracks[0]?.box[0]).toBe(40);
  });

  it('are kept for a bounded time', () => {
    const trail = new SceneTrail(2);
    for (const time of [1000, 1100, 1200]) trail.add(scene(time, 0));
    expect(trail.at(1000)).toBeNull();
  });
});

describe('the picture', () => {
  it('is centred with bars, or fills and is cut', () => {
    const element = { width: 400, height: 400 };
    const picture = { width: 1920, height: 1080 };
    expect(pictureRect(element, picture, 'contain')).toEqual({ x: 0, y: 87.5, width: 400, height: 225 });
    expect(pictureRect(element, picture, 'cover').height).toBe(400);
  });

  it('has the wall clock of the fragment that it came in', () => {
    const clock = new PictureClock();
    clock.add(0, 10_000);
    clock.add(1, 11_500);
    expect(clock.wallAt(0.5)).toBe(10_500);
    expect(clock.wallAt(1.25)).toBe(11_750);
    expect(new PictureClock().wallAt(1)).toBeNull();
  });
});
