import { ApiProblem, fetchBytes } from '@/shared/api';
import { playsHevc } from '@/shared/player';
import { now as serverNow } from '@/shared/time/time';

import { evictions, nextLoad, usesKeysOnly } from './loadPlan';
import type { MasterClock } from './masterClock';
import { frameMsOf, readPiece, type Piece } from './piece';
import { joinSpans, cutSpan, spanAt, type SpanBook, type TimeSpan } from './spans';

export type ReelState =
  | { phase: 'loading' }
  | { phase: 'picture'; note: string }
  | { phase: 'gap' }
  | { phase: 'unplayable'; mime: string }
  | { phase: 'failed'; error: unknown };

interface Missing extends TimeSpan {
  /** Asked for again from then on, by performance.now(). */
  retryAt: number;
}

interface ReelOptions {
  camera: string;
  clock: MasterClock;
  book: SpanBook;
  onState: (state: ReelState) => void;
}

/** The media timeline begins this much before the moment of opening and is twice as long. */
const reachMs = 24 * 3_600_000;
const driftMs = { let: 40, jump: 350 } as const;
const retryMs = { fresh: 1_500, old: 30_000, failed: 4_000 } as const;

/** The stored pictures of one camera in one video element, at the moment that the master clock says. */
export class Reel {
  private source = new MediaSource();
  private address = '';
  private buffer: SourceBuffer | null = null;
  private mime = '';
  private baseMs = 0;
  private keysOnly = false;
  private note = '';
  private loaded: TimeSpan[] = [];
  private missing: Missing[] = [];
  private fetching: { span: TimeSpan; abort: AbortController } | null = null;
  private continues: number | null = null;
  private jumps = -1;
  private state: ReelState = { phase: 'loading' };
  private isClosed = false;
  /** The usual distance of two pictures, milliseconds. */
  frameMs = 40;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly options: ReelOptions,
  ) {
    this.open(options.clock.now());
  }

  /** The wall clock of a moment of the media. */
  wallAt(mediaS: number): number {
    return this.baseMs + mediaS * 1000;
  }

  /** Whether the clock should wait: pictures are stored for this moment and are not there yet. */
  get isWaiting(): boolean {
    if (this.state.phase !== 'loading') return false;
    return this.options.book.at(this.options.clock.now()) !== null;
  }

  /** Called ten times a second: follows the clock and fetches what is needed next. */
  tick(): void {
    if (this.isClosed) return;
    const { clock } = this.options;
    const moment = clock.now();
    if (moment < this.baseMs || moment > this.baseMs + 2 * reachMs) this.open(moment);
    if (clock.jumps !== this.jumps) this.onJump(moment);
    const pace = clock.pace();
    if (usesKeysOnly(pace) !== this.keysOnly) this.changeMode(usesKeysOnly(pace));
    this.follow(moment, clock.snapshot().isHeld ? 0 : pace);
    void this.load(moment, pace);
  }

  close(): void {
    this.isClosed = true;
    this.fetching?.abort.abort();
    this.video.removeAttribute('src');
    this.video.load();
    URL.revokeObjectURL(this.address);
  }

  private open(moment: number): void {
    this.fetching?.abort.abort();
    this.fetching = null;
    if (this.address !== '') URL.revokeObjectURL(this.address);
    this.baseMs = Math.floor((moment - reachMs) / 1000) * 1000;
    this.source = new MediaSource();
    this.buffer = null;
    this.loaded = [];
    this.missing = [];
    this.address = URL.createObjectURL(this.source);
    this.video.src = this.address;
    const { source } = this;
    source.addEventListener('sourceopen', () => {
      if (source.readyState === 'open') source.duration = (2 * reachMs) / 1000;
    });
  }

  private onJump(moment: number): void {
    this.jumps = this.options.clock.jumps;
    this.missing = [];
    const span = this.fetching?.span;
    const isUseful = span && span.from <= moment && moment < span.to;
    if (span && !isUseful && spanAt(this.loaded, moment) === null) this.fetching?.abort.abort();
  }

  private changeMode(keysOnly: boolean): void {
    this.keysOnly = keysOnly;
    this.fetching?.abort.abort();
    this.missing = [];
    this.loaded = [];
    this.continues = null;
    if (this.buffer && !this.buffer.updating) this.buffer.remove(0, Infinity);
  }

  private follow(moment: number, pace: number): void {
    const { video } = this;
    if (spanAt(this.loaded, moment) === null) {
      video.pause();
      this.say({ phase: this.isGap(moment) ? 'gap' : 'loading' });
      return;
    }
    const wanted = (moment - this.baseMs) / 1000;
    const drift = (wanted - video.currentTime) * 1000;
    if (pace > 0) {
      if (Math.abs(drift) > driftMs.jump * Math.max(1, pace)) this.goTo(wanted);
      const nudge = Math.abs(drift) < driftMs.let ? 0 : Math.sign(drift) * 0.06;
      video.playbackRate = Math.min(16, pace * (1 + nudge));
      if (video.paused) void video.play().catch(() => undefined);
    } else {
      video.pause();
      if (Math.abs(drift) > 1) this.goTo(wanted);
    }
    // While it looks for the next picture the last one stands: that is no reason to wait.
    const isStepping = this.state.phase === 'picture' && video.seeking;
    const hasPicture = isStepping || video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
    this.say(hasPicture ? { phase: 'picture', note: this.note } : { phase: 'loading' });
  }

  private goTo(mediaS: number): void {
    if (!this.video.seeking) this.video.currentTime = mediaS;
  }

  private isGap(moment: number): boolean {
    if (this.state.phase === 'unplayable') return false;
    const { book } = this.options;
    if (book.isKnown(moment)) return book.at(moment) === null;
    return spanAt(this.missing, moment) !== null;
  }

  private say(state: ReelState): void {
    if (this.state.phase === 'unplayable' && state.phase === 'loading') return;
    if (this.state.phase === state.phase && noteOf(this.state) === noteOf(state)) return;
    this.state = state;
    this.options.onState(state);
  }

  private async load(moment: number, pace: number): Promise<void> {
    if (this.fetching || this.source.readyState !== 'open' || this.buffer?.updating) return;
    const clockNow = performance.now();
    this.missing = this.missing.filter((each) => each.retryAt > clockNow);
    const { keysOnly, loaded, missing } = this;
    const span = nextLoad({ now: moment, speed: pace, keysOnly, loaded, missing });
    if (!span || span.from > serverNow()) return;
    const abort = new AbortController();
    this.fetching = { span, abort };
    try {
      const piece = await this.fetchPiece(span, abort.signal);
      if (abort.signal.aborted) return;
      await this.take(piece, span);
      await this.evict(moment, pace);
    } catch (error) {
      if (!abort.signal.aborted) this.miss(span, error);
    } finally {
      this.finish(abort);
    }
  }

  /** A jump may have begun another fetch meanwhile. */
  private finish(abort: AbortController): void {
    if (this.fetching?.abort === abort) this.fetching = null;
  }

  private async fetchPiece(span: TimeSpan, signal: AbortSignal): Promise<Piece> {
    const query = new URLSearchParams({
      from: new Date(span.from).toISOString(),
      to: new Date(span.to).toISOString(),
    });
    if (this.keysOnly) query.set('keys_only', 'true');
    if (this.continues === span.from) query.set('continue', 'true');
    if (!playsHevc()) query.set('hevc', 'false');
    const path = `/api/v1/cameras/${encodeURIComponent(this.options.camera)}/media?${query.toString()}`;
    return readPiece(await fetchBytes(path, signal));
  }

  private miss(span: TimeSpan, error: unknown): void {
    const isNothing = error instanceof ApiProblem && error.status === 404;
    const isFresh = serverNow() - span.to < 15_000;
    const wait = isNothing ? (isFresh ? retryMs.fresh : retryMs.old) : retryMs.failed;
    this.missing.push({ ...span, retryAt: performance.now() + wait });
    if (!isNothing) this.say({ phase: 'failed', error });
  }

  private async take(piece: Piece, span: TimeSpan): Promise<void> {
    if (piece.bytes.byteLength > 0 && !(await this.append(piece))) return;
    const to = piece.why === 'span' ? Math.max(piece.to, span.to) : piece.to;
    this.loaded = joinSpans([...this.loaded, { from: Math.min(piece.from, piece.to), to }], 20);
    this.continues = piece.next;
    if (!this.keysOnly) this.frameMs = frameMsOf(piece) ?? this.frameMs;
    const retryAt = performance.now() + (piece.why === 'recorded' ? retryMs.fresh : retryMs.old);
    if (piece.from > span.from + 40) this.missing.push({ from: span.from, to: piece.from, retryAt });
    if (piece.why === 'gap' || piece.why === 'recorded') {
      const end = piece.why === 'gap' ? (piece.next ?? span.to) : span.to;
      this.missing.push({ from: piece.to, to: Math.max(end, piece.to + 1), retryAt });
    }
  }

  /** False when the browser cannot play it. */
  private async append(piece: Piece): Promise<boolean> {
    if (this.source.readyState !== 'open') return false;
    if (!MediaSource.isTypeSupported(piece.mime)) {
      this.say({ phase: 'unplayable', mime: piece.mime });
      return false;
    }
    if (this.buffer === null) {
      this.buffer = this.source.addSourceBuffer(piece.mime);
      this.buffer.timestampOffset = -this.baseMs / 1000;
    } else if (piece.mime !== this.mime) this.buffer.changeType(piece.mime);
    this.mime = piece.mime;
    this.note = piece.note;
    const { buffer } = this;
    if (buffer.updating) await settled(buffer);
    buffer.appendBuffer(piece.bytes);
    await settled(buffer);
    return true;
  }

  private async evict(moment: number, speed: number): Promise<void> {
    const { keysOnly, loaded, buffer } = this;
    if (!buffer) return;
    for (const span of evictions({ now: moment, speed, keysOnly, loaded })) {
      this.loaded = cutSpan(this.loaded, span);
      buffer.remove(Math.max(0, (span.from - this.baseMs) / 1000), (span.to - this.baseMs) / 1000);
      await settled(buffer);
    }
  }
}

function noteOf(state: ReelState): string {
  return state.phase === 'picture' ? state.note : '';
}

function settled(buffer: SourceBuffer): Promise<void> {
  if (!buffer.updating) return Promise.resolve();
  return new Promise((resolve, reject) => {
    buffer.addEventListener('updateend', () => resolve(), { once: true });
    buffer.addEventListener('error', () => reject(new Error('the browser refused the pictures')), {
      once: true,
    });
  });
}
