import { describe, expect, it } from 'vitest';

import { fieldFault, isRuleReady, secondsOfValue, withSetting, type Behaviour, type Field } from './ruleForm';

function field(part: Partial<Field>): Field {
  return {
    name: 'dwell',
    type: 'seconds',
    default: 10,
    min: 1,
    max: 60,
    choices: [],
    unit: 's',
    help: '',
    is_required: false,
    ...part,
  };
}

describe('the form of a rule', () => {
  it.each([
    ['8s', 8],
    ['2m', 120],
    ['500ms', 0.5],
    [7, 7],
    ['soon', null],
  ])('reads %s as seconds', (value, seconds) => {
    expect(secondsOfValue(value)).toBe(seconds);
  });

  it('does not store what is the default', () => {
    const rule = { behaviour: 'loitering', dwell: 20 };
    expect(withSetting(rule, field({}), 10)).toEqual({ behaviour: 'loitering' });
    expect(withSetting(rule, field({}), 30)).toEqual({ behaviour: 'loitering', dwell: 30 });
  });

  it('tells what the server would refuse', () => {
    expect(fieldFault(field({}), 0)).toBe('range');
    expect(fieldFault(field({}), '8s')).toBeNull();
    expect(fieldFault(field({ type: 'integer' }), 2.5)).toBe('whole');
    expect(fieldFault(field({ default: null, is_required: true }), undefined)).toBe('needed');
  });

  it('waits for a line before it tries a rule about lines', () => {
    const behaviour: Behaviour = { name: 'line_crossing', help: '', scope: 'line', fields: [] };
    const zones = [
      {
        id: 'a',
        points: [
          [0, 0],
          [1, 0],
          [1, 1],
        ] as const,
      },
      {
        id: 'l',
        points: [
          [0, 0],
          [1, 1],
        ] as const,
      },
    ];
    expect(isRuleReady({ behaviour: 'line_crossing', zones: ['a'] }, behaviour, zones)).toBe(false);
    expect(isRuleReady({ behaviour: 'line_crossing', zones: ['l'] }, behaviour, zones)).toBe(true);
  });
});
