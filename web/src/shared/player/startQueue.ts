/** A place among those that are starting; to be given back at the first picture, or when it is not wanted any more. */
export interface Turn {
  /** Whether it began at once. */
  hasBegun: boolean;
  done: () => void;
}

interface Waiting {
  begin: () => void;
  isDone: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Lets a few live pictures start at a time. Decoders that start all at once share the machine, and the first of 36 pictures
 * comes hardly before the last.
 */
export class StartQueue {
  private waiting: Waiting[] = [];
  private starting = 0;

  constructor(
    private readonly most: number,
    /** A start that takes longer holds nobody up. */
    private readonly longestMs: number,
  ) {}

  /** `begin` is called at once or later, in order, and never after `done`. */
  take(begin: () => void): Turn {
    const place: Waiting = { begin, isDone: false, timer: undefined };
    const hasBegun = this.starting < this.most;
    if (hasBegun) this.start(place);
    else this.waiting.push(place);
    return { hasBegun, done: () => this.finish(place) };
  }

  private start(place: Waiting): void {
    this.starting += 1;
    place.timer = setTimeout(() => this.finish(place), this.longestMs);
    place.begin();
  }

  private finish(place: Waiting): void {
    if (place.isDone) return;
    place.isDone = true;
    if (place.timer === undefined) {
      this.waiting = this.waiting.filter((each) => each !== place);
      return;
    }
    clearTimeout(place.timer);
    this.starting -= 1;
    const next = this.waiting.shift();
    if (next) this.start(next);
  }
}

export const liveStarts = new StartQueue(6, 2_000);
