/** What a binary message of a live socket carries (docs/design/console.md, "Live pictures"). */
export type PacketKind = 'init' | 'fragment' | 'jpeg';

export interface Packet {
  kind: PacketKind;
  isKey: boolean;
  /** The wall clock is an estimate: the camera does not say it. */
  isEstimated: boolean;
  /** Pictures were left out before this one, because the line is slow. */
  isAfterGap: boolean;
  counter: number;
  /** Wall clock of the picture, milliseconds since 1970. */
  wallMs: number;
  /** Decode time in seconds. */
  decodeS: number;
  payload: Uint8Array<ArrayBuffer>;
}

const headBytes = 24;
const ticksPerSecond = 90_000;
const kinds: readonly (PacketKind | undefined)[] = [undefined, 'init', 'fragment', 'jpeg'];

/** Reads one message; null when it is shorter than its head or of an unknown kind. */
export function parsePacket(bytes: ArrayBuffer): Packet | null {
  if (bytes.byteLength < headBytes) return null;
  const head = new DataView(bytes, 0, headBytes);
  const kind = kinds[head.getUint8(0)];
  if (kind === undefined) return null;
  const flags = head.getUint8(1);
  return {
    kind,
    isKey: (flags & 1) !== 0,
    isEstimated: (flags & 2) !== 0,
    isAfterGap: (flags & 4) !== 0,
    counter: head.getUint32(4, true),
    wallMs: Number(head.getBigInt64(8, true)) / 1000,
    decodeS: Number(head.getBigUint64(16, true)) / ticksPerSecond,
    payload: new Uint8Array(bytes, headBytes),
  };
}
