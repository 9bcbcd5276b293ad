/** One answer of the media endpoint (docs/design/console.md, "Playback"). Moments are milliseconds since 1970. */
export interface Piece {
  bytes: ArrayBuffer;
  mime: string;
  from: number;
  to: number;
  /** Where to go on without going back to a key picture; null at the end of what is stored. */
  next: number | null;
  /** Why it is not as it was stored: masked, hevc_as_h264; empty when it is. */
  note: string;
  why: 'span' | 'size' | 'gap' | 'parameters' | 'recorded';
}

function momentOf(response: Response, name: string): number | null {
  const moment = Date.parse(response.headers.get(name) ?? '');
  return Number.isNaN(moment) ? null : moment;
}

export async function readPiece(response: Response): Promise<Piece> {
  const from = momentOf(response, 'bongsu-media-from') ?? 0;
  return {
    bytes: await response.arrayBuffer(),
    mime: response.headers.get('content-type') ?? '',
    from,
    to: momentOf(response, 'bongsu-media-to') ?? from,
    next: momentOf(response, 'bongsu-media-next'),
    note: response.headers.get('bongsu-media-note') ?? '',
    why: (response.headers.get('bongsu-media-end') ?? 'span') as Piece['why'],
  };
}

const boxHead = 8;
/** Boxes around the tables of samples, and those tables: ISO/IEC 14496-12, 8.8.4 to 8.8.8. */
const containers = new Set(['moof', 'traf']);
const sampleCountAt = 12;

function typeAt(view: DataView, at: number): string {
  return String.fromCharCode(...[4, 5, 6, 7].map((index) => view.getUint8(at + index)));
}

function countIn(view: DataView, from: number, to: number): number {
  let count = 0;
  for (let at = from; at + boxHead <= to;) {
    const size = view.getUint32(at);
    if (size < boxHead || at + size > to) break;
    const type = typeAt(view, at);
    if (containers.has(type)) count += countIn(view, at + boxHead, at + size);
    if (type === 'trun' && size >= sampleCountAt + 4) count += view.getUint32(at + sampleCountAt);
    at += size;
  }
  return count;
}

/** Pictures in a piece, by its tables of samples. Stops at what is no box. */
export function countPictures(bytes: ArrayBuffer): number {
  return countIn(new DataView(bytes), 0, bytes.byteLength);
}

/** The usual distance of two pictures; null when the piece is too short to tell. */
export function frameMsOf(piece: Piece): number | null {
  const count = countPictures(piece.bytes);
  return count < 5 || piece.to <= piece.from ? null : (piece.to - piece.from) / count;
}
