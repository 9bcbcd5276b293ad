import { describe, expect, it } from 'vitest';

import { countPictures, frameMsOf, readPiece } from './piece';

function box(type: string, size: number, ...inner: Uint8Array[]): Uint8Array {
  const whole = size + inner.reduce((sum, each) => sum + each.length, 0);
  const bytes = new Uint8Array(whole);
  new DataView(bytes.buffer).setUint32(0, whole);
  bytes.set(new TextEncoder().encode(type), 4);
  let at = size;
  for (const each of inner) {
    bytes.set(each, at);
    at += each.length;
  }
  return bytes;
}

/** A moof whose table has so many samples. */
function fragment(samples: number): Uint8Array {
  const table = box('trun', 20);
  new DataView(table.buffer).setUint32(12, samples);
  return box('moof', 8, box('mfhd', 16), box('traf', 8, table));
}

function file(...boxes: Uint8Array[]): ArrayBuffer {
  const bytes = new Uint8Array(boxes.reduce((sum, each) => sum + each.length, 0));
  let at = 0;
  for (const each of boxes) {
    bytes.set(each, at);
    at += each.length;
  }
  return bytes.buffer;
}

describe('a piece of stored pictures', () => {
  it('counts its pictures and says their distance', () => {
    const pair = [fragment(5), box('mdat', 40)];
    const bytes = file(box('ftyp', 16), box('moov', 32), ...Array.from({ length: 2 }, () => pair).flat());
    expect(countPictures(bytes)).toBe(10);
    expect(frameMsOf({ bytes, mime: '', from: 1000, to: 2000, next: null, note: '', why: 'span' })).toBe(100);
  });

  it('ends at broken boxes', () => {
    expect(countPictures(file(fragment(1), new Uint8Array(12)))).toBe(1);
    expect(countPictures(new ArrayBuffer(3))).toBe(0);
  });

  it('reads its times from the head of the answer', async () => {
    const piece = await readPiece(
      new Response(new Uint8Array(2), {
        headers: {
          'content-type': 'video/mp4',
          'bongsu-media-from': '2026-01-01T00:00:00.500Z',
          'bongsu-media-to': '2026-01-01T00:00:04.000Z',
          'bongsu-media-end': 'gap',
        },
      }),
    );
    expect([piece.to - piece.from, piece.next, piece.why]).toEqual([3500, null, 'gap']);
  });
});
