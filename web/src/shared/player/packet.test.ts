import { describe, expect, it } from 'vitest';

import { parsePacket } from './packet';

function packet(kind: number, flags: number, payload: number[]): ArrayBuffer {
  const bytes = new ArrayBuffer(24 + payload.length);
  const view = new DataView(bytes);
  view.setUint8(0, kind);
  view.setUint8(1, flags);
  view.setUint32(4, 7, true);
  view.setBigInt64(8, 1_795_300_805_123_456n, true);
  view.setBigUint64(16, 450_000n, true);
  new Uint8Array(bytes, 24).set(payload);
  return bytes;
}

describe('a live packet', () => {
  it('tells kind, flags, clock and payload', () => {
    expect(parsePacket(packet(2, 0b101, [9, 8]))).toEqual({
      kind: 'fragment',
      isKey: true,
      isEstimated: false,
      isAfterGap: true,
      counter: 7,
      wallMs: 1_795_300_805_123.456,
      decodeS: 5,
      payload: new Uint8Array([9, 8]),
    });
  });

  it('is refused when shorter than its head', () => {
    expect(parsePacket(new ArrayBuffer(23))).toBeNull();
    expect(parsePacket(new ArrayBuffer(0))).toBeNull();
  });

  it('is refused when of an unknown kind', () => {
    expect(parsePacket(packet(0, 0, []))).toBeNull();
    expect(parsePacket(packet(9, 0, []))).toBeNull();
  });
});
