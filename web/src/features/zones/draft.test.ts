import { describe, expect, it } from 'vitest';

import { advance, gravityOfZone, redo, startTrail, undo, withoutShape, type RuleSet } from './draft';

const set: RuleSet = {
  zones: [
    {
      id: 'lawn',
      points: [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
    },
    {
      id: 'path',
      points: [
        [0, 0],
        [1, 1],
      ],
    },
  ],
  masks: [],
  private_masks: [],
  rules: [
    { behaviour: 'intrusion', gravity: 4, zones: ['lawn'] },
    { behaviour: 'loitering', gravity: 2, zones: ['lawn', 'path'] },
    { behaviour: 'camera_dark' },
  ],
};

describe('the draft of zones and rules', () => {
  it('removes a rule with its only zone, so that it never watches the whole picture by accident', () => {
    const next = withoutShape(set, { kind: 'zones', index: 0 });
    expect(next.rules.map((rule) => rule.behaviour)).toEqual(['loitering', 'camera_dark']);
    expect(next.rules[0]?.zones).toEqual(['path']);
  });

  it('gives a zone the gravity of its gravest rule', () => {
    expect(gravityOfZone(set, 'lawn')).toBe(4);
    expect(gravityOfZone(set, 'nowhere')).toBe(0);
  });

  it('undoes and redoes; a drag is one step', () => {
    let trail = startTrail(1);
    trail = advance(trail, 2, false);
    trail = advance(trail, 3, true);
    trail = advance(trail, 4, true);
    expect(undo(trail).present).toBe(1);
    expect(redo(undo(trail)).present).toBe(4);
    expect(undo(startTrail(1)).present).toBe(1);
  });

  it('forgets what was undone when something new is done', () => {
    const trail = advance(undo(advance(startTrail(1), 2, false)), 5, false);
    expect(redo(trail).present).toBe(5);
  });
});
