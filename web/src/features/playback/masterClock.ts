export const speeds = [0.25, 0.5, 1, 2, 4, 8, 16] as const;

export interface ClockState {
  isPlaying: boolean;
  /** Negative: backwards. */
  speed: number;
  /** Held until the pictures of a jump are there. */
  isHeld: boolean;
}

type Listener = () => void;

/**
 * The one time that all cameras follow. It runs by itself, waits a moment for pictures that are still being fetched, and
 * never passes `limit`.
 */
export class MasterClock {
  private base: number;
  private since: number;
  private state: ClockState = { isPlaying: false, speed: 1, isHeld: false };
  private readonly listeners = new Set<Listener>();
  /** Counts jumps: a follower that sees a new number seeks at once. */
  jumps = 0;

  constructor(
    moment: number,
    private readonly read: () => number = () => performance.now(),
    private readonly limit: () => number = () => Infinity,
  ) {
    this.base = moment;
    this.since = read();
  }

  now(): number {
    const { isPlaying, isHeld, speed } = this.state;
    const moment = isPlaying && !isHeld ? this.base + (this.read() - this.since) * speed : this.base;
    return Math.min(moment, this.limit());
  }

  /** The same object until something changes. */
  readonly snapshot = (): ClockState => this.state;

  readonly subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Speed at this instant: 0 while standing. */
  pace(): number {
    return this.state.isPlaying ? this.state.speed : 0;
  }

  seek(moment: number): void {
    this.base = Math.min(moment, this.limit());
    this.since = this.read();
    this.jumps += 1;
    this.tell();
  }

  play(speed = this.state.speed): void {
    this.change({ isPlaying: true, speed });
  }

  pause(): void {
    this.change({ isPlaying: false, speed: Math.abs(this.state.speed) });
  }

  hold(isHeld: boolean): void {
    if (isHeld !== this.state.isHeld) this.change({ isHeld });
  }

  setSpeed(speed: number): void {
    this.change({ speed });
  }

  /** J and L: first in that direction at plain speed, then faster with each press. */
  shuttle(direction: 1 | -1): void {
    const { isPlaying, speed } = this.state;
    const isSame = isPlaying && Math.sign(speed) === direction;
    const next = isSame ? Math.min(speeds.at(-1) ?? 16, Math.max(1, Math.abs(speed) * 2)) : 1;
    this.play(next * direction);
  }

  private change(values: Partial<ClockState>): void {
    this.base = this.now();
    this.since = this.read();
    this.state = { ...this.state, ...values };
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
