import { describe, expect, it } from 'vitest';

import { bulkRequests, changesOf, clashes, noChoice, rebase, wordsIn, type CameraForm } from './cameraForm';

const base: CameraForm = {
  id: 'gate',
  name: 'Gate',
  organisation: 'city',
  groups: ['civic'],
  tags: [],
  streams: [{ role: 'main', url: 'rtsp://a/main' }],
  record: true,
  analyse: true,
  keep_for: 2_592_000,
  keep_bytes: 0,
  note: '',
  zones: [],
  masks: [],
  private_masks: [],
  rules: [],
};

describe('the form of a camera', () => {
  it('sends only what was changed', () => {
    expect(changesOf(base, { ...base, name: 'North gate', tags: [] })).toEqual({ name: 'North gate' });
  });

  it('puts own changes on top of what somebody else stored', () => {
    const theirs = { ...base, note: 'new lens' };
    expect(rebase(base, { ...base, name: 'North gate' }, theirs)).toEqual({
      ...base,
      note: 'new lens',
      name: 'North gate',
    });
  });

  it('names what both changed differently', () => {
    const mine = { ...base, name: 'A', note: 'same', record: false };
    const theirs = { ...base, name: 'B', note: 'same' };
    expect(clashes(base, mine, theirs)).toEqual(['name']);
  });

  it('reads words between commas, each once', () => {
    expect(wordsIn(' 공원, 야간 ;공원,,')).toEqual(['공원', '야간']);
  });
});

describe('a change on many cameras', () => {
  const cameras = [
    { id: 'a', groups: [], tags: ['old'] },
    { id: 'b', groups: [], tags: ['old'] },
    { id: 'c', groups: [], tags: [] },
  ];

  it('is one request for cameras that become the same', () => {
    const requests = bulkRequests(cameras, { ...noChoice, tags: { edit: 'add', words: ['new'] } });
    expect(requests).toEqual([
      { cameras: ['a', 'b'], patch: { tags: ['new', 'old'] } },
      { cameras: ['c'], patch: { tags: ['new'] } },
    ]);
  });

  it('keeps apart what stays and what is set', () => {
    const [request] = bulkRequests(cameras, { ...noChoice, keepDays: 15, record: false });
    expect(request?.patch).toEqual({ keep_for: 1_296_000, record: false });
    expect(request?.cameras).toHaveLength(3);
  });

  it('asks for nothing when nothing was chosen', () => {
    expect(bulkRequests(cameras, noChoice)).toEqual([]);
  });
});
