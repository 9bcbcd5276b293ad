/** One answer of the media endpoint (docs/design/console.md, "Playback"). Moments are milliseconds since 1970. */
export interface Piece {
  bytes: ArrayBuffer;
  mime: string;
  from: number;
  to: number;
  /** Where to go on without going back to a key picture; null at the end of what is stored. */
  next: number | null;
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
    why: (response.headers.get('bongsu-media-end') ?? 'span') as Piece['why'],
  };
}

const boxHead = 8;
const moof = 0x6d6f6f66;

/** Pictures in a piece: each is one `moof` box (ISO/IEC 14496-12, 8.8.4). Stops at what is no box. */
export function countPictures(bytes: ArrayBuffer): number {
  const view = new DataView(bytes);
  let count = 0;
  for (let at = 0; at + boxHead <= view.byteLength;) {
    const size = view.getUint32(at);
    if (size < boxHead) break;
    if (view.getUint32(at + 4) === moof) count += 1;
    at += size;
  }
  return count;
}

/** The usual distance of two pictures; null when the piece is too short to tell. */
export function frameMsOf(piece: Piece): number | null {
  const count = countPictures(piece.bytes);
  return count < 5 || piece.to <= piece.from ? null : (piece.to - piece.from) / count;
}
