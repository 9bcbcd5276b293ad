import contract from 'virtual:contract';
import { describe, expect, it } from 'vitest';

import { curlOf, entriesOf, findEntries, typeOf, type Contract } from './contract';

const entries = entriesOf(contract as Contract);

describe('the documentation of the interface', () => {
  it('knows every operation of the contract, with the parameters of its path', () => {
    expect(entries.length).toBeGreaterThan(60);
    expect(new Set(entries.map((entry) => entry.operation.operationId)).size).toBe(entries.length);
    const media = entries.find((entry) => entry.operation.operationId === 'getMedia');
    expect(media?.parameters.map((each) => each.name)).toEqual(
      expect.arrayContaining(['camera', 'from', 'to', 'Bongsu-Purpose']),
    );
  });

  it('finds operations by any words', () => {
    const found = findEntries(entries, 'get recordings');
    expect([...found.values()].flat().map((entry) => entry.operation.operationId)).toContain('getRecordings');
    expect(findEntries(entries, 'no such thing').size).toBe(0);
  });

  it('says types in words and where they are described', () => {
    expect(typeOf({ type: 'array', items: { $ref: '#/components/schemas/Track' } })).toEqual({
      words: 'Track[]',
      ref: 'Track',
    });
    expect(typeOf({ type: ['string', 'null'], format: 'date-time' }).words).toBe('string | null, date-time');
    expect(typeOf({ enum: ['main', 'sub'] }).words).toBe('"main" | "sub"');
  });

  it('shows requests as they can be tried, with the purpose where one is needed', () => {
    const media = entries.find((entry) => entry.operation.operationId === 'getMedia');
    const words = media ? curlOf(media, 'https://bongsu.example') : '';
    expect(words).toContain('from=...&to=...');
    expect(words).toContain('Bongsu-Purpose');
    expect(words).toContain('Bearer');
  });
});
