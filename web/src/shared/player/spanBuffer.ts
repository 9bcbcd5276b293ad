import { fetchBytes } from '@/shared/api';

import { playsHevc } from './playsHevc';

export interface SpanOptions {
  camera: string;
  purpose: string;
  /** The media timeline counts from here; milliseconds since 1970. */
  baseMs: number;
  onError: (error: unknown) => void;
  onUnplayable: (mime: string) => void;
}

interface Piece {
  bytes: ArrayBuffer;
  mime: string;
  /** Where it ends; NaN when the server does not say. */
  endMs: number;
  /** Where to go on; null at the end of the span or of what is recorded. */
  next: string | null;
}

interface Load {
  fromMs: number;
  toMs: number;
}

/** More pieces than this of one span are not fetched: it is for minutes around an incident, not for hours. */
const mostPieces = 40;
/** Loading is asked for this much around a moment that is not there yet. */
const leadMs = 2000;
const aheadMs = 28_000;

async function fetchPiece(
  options: SpanOptions,
  from: string,
  to: string,
  isContinued: boolean,
  signal: AbortSignal,
): Promise<Piece> {
  const query = new URLSearchParams({
    from,
    to,
    ...(isContinued && { continue: 'true' }),
    ...(!playsHevc() && { hevc: 'false' }),
  });
  const path = `/api/v1/cameras/${encodeURIComponent(options.camera)}/media?${query.toString()}`;
  const response = await fetchBytes(path, signal, options.purpose);
  return {
    bytes: await response.arrayBuffer(),
    mime: response.headers.get('content-type') ?? '',
    endMs: Date.parse(response.headers.get('bongsu-media-to') ?? ''),
    next: response.headers.get('bongsu-media-next'),
  };
}

/**
 * Stored pictures of a camera in a video element, through MSE: its time is the wall clock minus `baseMs`, exactly, so that
 * boxes and timelines are in step. Spans are loaded as they are needed, in any order.
 */
export class SpanBuffer {
  private readonly source = new MediaSource();
  private readonly address: string;
  private readonly abort = new AbortController();
  private buffer: SourceBuffer | null = null;
  private mime = '';
  private loads: Load[] = [];
  private isLoading = false;
  private reached = 0;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly options: SpanOptions,
  ) {
    this.address = URL.createObjectURL(this.source);
    video.src = this.address;
    this.source.addEventListener('sourceopen', () => void this.work(), { once: true });
    video.addEventListener('waiting', this.onWaiting);
  }

  /** Loads a span, after those that were asked for before. */
  load(fromMs: number, toMs: number): void {
    this.loads.push({ fromMs, toMs });
    void this.work();
  }

  /** The end of what was loaded last in its order; milliseconds since 1970, 0 before the first. */
  get reachedMs(): number {
    return this.reached;
  }

  wallAt(mediaS: number): number {
    return this.options.baseMs + mediaS * 1000;
  }

  /** Goes to a moment; loads what is around it when it is not there. */
  seek(wallMs: number, untilMs: number): void {
    const mediaS = Math.max(0, (wallMs - this.options.baseMs) / 1000);
    if (!this.has(mediaS))
      this.loads = [{ fromMs: wallMs - leadMs, toMs: Math.min(untilMs, wallMs + aheadMs) }];
    this.video.currentTime = mediaS;
    void this.work();
  }

  close(): void {
    this.abort.abort();
    this.video.removeEventListener('waiting', this.onWaiting);
    this.video.removeAttribute('src');
    this.video.load();
    URL.revokeObjectURL(this.address);
  }

  private has(mediaS: number): boolean {
    const { buffered } = this.video;
    for (let index = 0; index < buffered.length; index += 1) {
      if (buffered.start(index) <= mediaS + 0.1 && mediaS < buffered.end(index) - 0.1) return true;
    }
    return false;
  }

  /** Where nothing is recorded it goes on with what comes next. */
  private readonly onWaiting = (): void => {
    if (!this.isLoading) this.skipHole();
  };

  private skipHole(): void {
    const { buffered, currentTime } = this.video;
    if (this.has(currentTime)) return;
    for (let index = 0; index < buffered.length; index += 1) {
      if (buffered.start(index) > currentTime + 0.05) {
        this.video.currentTime = buffered.start(index) + 0.01;
        return;
      }
    }
  }

  private async work(): Promise<void> {
    if (this.isLoading || this.source.readyState !== 'open') return;
    this.isLoading = true;
    try {
      for (let load = this.loads.shift(); load !== undefined; load = this.loads.shift())
        await this.take(load);
    } catch (error) {
      // With pictures on the screen, what is not recorded yet is no fault.
      if (!this.abort.signal.aborted && this.buffer === null) this.options.onError(error);
    } finally {
      this.isLoading = false;
    }
  }

  private async take(load: Load): Promise<void> {
    const to = new Date(load.toMs).toISOString();
    let from: string | null = new Date(load.fromMs).toISOString();
    for (let count = 0; from !== null && count < mostPieces; count += 1) {
      const piece: Piece = await fetchPiece(this.options, from, to, count > 0, this.abort.signal);
      await this.append(piece);
      if (piece.endMs > this.reached) this.reached = piece.endMs;
      // Pieces come in order: what is not there now is not recorded.
      if (this.loads.length === 0) this.skipHole();
      const isFurther: boolean =
        piece.next !== null && Date.parse(piece.next) < load.toMs && piece.next !== from;
      // A seek that came meanwhile goes first.
      from = isFurther && this.loads.length === 0 ? piece.next : null;
    }
  }

  private async append(piece: Piece): Promise<void> {
    if (piece.bytes.byteLength === 0 || this.source.readyState !== 'open') return;
    if (!MediaSource.isTypeSupported(piece.mime)) {
      this.options.onUnplayable(piece.mime);
      return;
    }
    if (this.buffer === null) {
      this.buffer = this.source.addSourceBuffer(piece.mime);
      this.buffer.timestampOffset = -this.options.baseMs / 1000;
    } else if (piece.mime !== this.mime) this.buffer.changeType(piece.mime);
    this.mime = piece.mime;
    const { buffer } = this;
    await new Promise<void>((resolve, reject) => {
      buffer.addEventListener('updateend', () => resolve(), { once: true });
      buffer.addEventListener('error', () => reject(new Error('the browser refused the pictures')), {
        once: true,
      });
      buffer.appendBuffer(piece.bytes);
    });
  }
}
