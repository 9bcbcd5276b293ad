import { describe, expect, it } from 'vitest';

import { MasterClock } from './masterClock';

function clockAt(moment: number, limit = Infinity) {
  let time = 0;
  const clock = new MasterClock(
    moment,
    () => time,
    () => limit,
  );
  return { clock, pass: (ms: number) => (time += ms) };
}

describe('the master clock', () => {
  it('stands until it plays and runs at its speed', () => {
    const { clock, pass } = clockAt(1000);
    pass(500);
    expect(clock.now()).toBe(1000);
    clock.play(2);
    pass(500);
    expect(clock.now()).toBe(2000);
    clock.pause();
    pass(500);
    expect(clock.now()).toBe(2000);
  });

  it('stands while held and goes on from there', () => {
    const { clock, pass } = clockAt(0);
    clock.play();
    clock.hold(true);
    pass(1000);
    expect(clock.now()).toBe(0);
    clock.hold(false);
    pass(300);
    expect(clock.now()).toBe(300);
  });

  it('gets faster with each press of L, turns round with J, and plays forwards after a pause', () => {
    const { clock } = clockAt(0);
    clock.shuttle(1);
    clock.shuttle(1);
    clock.shuttle(1);
    expect(clock.snapshot().speed).toBe(4);
    clock.shuttle(-1);
    expect(clock.snapshot().speed).toBe(-1);
    for (let press = 0; press < 9; press += 1) clock.shuttle(-1);
    expect(clock.snapshot().speed).toBe(-16);
    clock.pause();
    expect(clock.snapshot().speed).toBe(16);
  });

  it('never passes its limit and counts jumps', () => {
    const { clock, pass } = clockAt(0, 900);
    clock.play();
    pass(5000);
    expect(clock.now()).toBe(900);
    const before = clock.jumps;
    clock.seek(400);
    expect([clock.now(), clock.jumps]).toEqual([400, before + 1]);
  });
});
