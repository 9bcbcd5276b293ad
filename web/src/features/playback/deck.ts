import { now as serverNow } from '@/shared/time/time';

import { MasterClock } from './masterClock';
import { Reel, type ReelState } from './reel';
import { nextStart, previousEnd, SpanBook } from './spans';

const tickMs = 100;
/** The clock waits so long for pictures at most, then goes on without them. */
const mostHeldMs = 4_000;
/** Recordings can be read about this long after they were made. */
const freshMs = 1_500;

/** All cameras of the page and the clock that they follow. */
export class Deck {
  readonly clock: MasterClock;
  private readonly reels = new Map<string, Reel>();
  private readonly books = new Map<string, SpanBook>();
  private readonly timer: ReturnType<typeof setInterval>;
  private heldSince: number | null = null;
  /** Told when the clock leaps over a time of which nothing is stored. */
  onSkip: (from: number, to: number) => void = () => undefined;

  constructor(moment: number) {
    this.clock = new MasterClock(
      moment,
      () => performance.now(),
      () => serverNow() - freshMs,
    );
    this.timer = setInterval(() => this.tick(), tickMs);
    let jumps = this.clock.jumps;
    this.clock.subscribe(() => {
      if (this.clock.jumps === jumps) return;
      jumps = this.clock.jumps;
      queueMicrotask(() => this.tick());
    });
  }

  close(): void {
    clearInterval(this.timer);
    for (const reel of this.reels.values()) reel.close();
    this.reels.clear();
  }

  book(camera: string): SpanBook {
    const known = this.books.get(camera);
    if (known) return known;
    const book = new SpanBook();
    this.books.set(camera, book);
    return book;
  }

  attach(camera: string, video: HTMLVideoElement, onState: (state: ReelState) => void): Reel {
    const reel = new Reel(video, { camera, clock: this.clock, book: this.book(camera), onState });
    this.reels.set(camera, reel);
    return reel;
  }

  detach(camera: string): void {
    this.reels.get(camera)?.close();
    this.reels.delete(camera);
  }

  /** One picture on or back, by the camera that has the most pictures a second. */
  step(direction: 1 | -1): void {
    const frames = [...this.reels.values()].map((reel) => reel.frameMs);
    this.clock.pause();
    this.clock.seek(this.clock.now() + direction * Math.min(1000, ...frames));
  }

  private tick(): void {
    if (this.reels.size === 0) return;
    this.skipGap();
    for (const reel of this.reels.values()) reel.tick();
    this.hold();
  }

  private hold(): void {
    const isWaiting = [...this.reels.values()].some((reel) => reel.isWaiting);
    const time = performance.now();
    if (!isWaiting) this.heldSince = null;
    else this.heldSince ??= time;
    this.clock.hold(this.heldSince !== null && time - this.heldSince < mostHeldMs);
  }

  /** Where no camera has anything, the clock goes to the next moment that one has. */
  private skipGap(): void {
    const pace = this.clock.pace();
    const moment = this.clock.now();
    const books = [...this.reels.keys()].map((camera) => this.book(camera));
    if (pace === 0 || books.some((book) => !book.isKnown(moment) || book.at(moment) !== null)) return;
    const targets = books
      .map((book) => (pace > 0 ? nextStart(book.spans(), moment) : previousEnd(book.spans(), moment + 1)))
      .filter((target): target is number => target !== null);
    if (targets.length === 0) {
      if (moment < serverNow() - 60_000) this.clock.pause();
      return;
    }
    const target = pace > 0 ? Math.min(...targets) : Math.max(...targets) - 50;
    this.onSkip(moment, target);
    this.clock.seek(target);
  }
}
