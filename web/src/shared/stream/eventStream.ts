import { parseMessage, type StreamMessage } from './messages';

export type StreamPhase = 'connecting' | 'open' | 'waiting' | 'stopped';

export interface StreamStatus {
  phase: StreamPhase;
  /** Since when nothing comes in; null while open. Milliseconds since 1970. */
  lostSince: number | null;
  /** When the next attempt is made, while waiting. */
  nextAttempt: number | null;
}

/** The part of WebSocket that is used, so that tests can bring their own. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose' | 'onerror'>;

export interface StreamOptions {
  connect: () => Socket;
  onMessage: (message: StreamMessage) => void;
  onStatus: (status: StreamStatus) => void;
  /** The server says that the session has ended. */
  onRefused?: () => void;
  random?: () => number;
  firstDelayMs?: number;
  longestDelayMs?: number;
}

const sessionEnded = 4001;

/**
 * Follows the event stream over cut connections and restarts of the server. It remembers the last change number that it
 * delivered and says it on reconnecting: each change reaches onMessage once and in order. Delays double from 0.5 s to
 * 15 s with jitter, so that 300 consoles do not return in the same moment.
 */
export class EventStream {
  private readonly options: Required<StreamOptions>;
  private socket: Socket | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;
  private lastChange = 0;
  private welcomeChange = 0;
  private lostSince: number | null = null;

  constructor(options: StreamOptions) {
    this.options = {
      random: Math.random,
      firstDelayMs: 500,
      longestDelayMs: 15_000,
      onRefused: () => undefined,
      ...options,
    };
  }

  /** The number of the last change that was delivered. */
  get change(): number {
    return this.lastChange;
  }

  start(afterChange: number): void {
    this.stop();
    this.lastChange = afterChange;
    this.lostSince ??= Date.now();
    this.open();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.drop();
    this.tell('stopped', null);
  }

  /** Tries at once instead of waiting: the user asked, or the network came back. */
  retryNow(): void {
    if (this.socket !== null) return;
    clearTimeout(this.timer);
    this.open();
  }

  /** Gives up a connection that is open in name only. */
  reconnect(): void {
    this.drop();
    this.lose();
  }

  private open(): void {
    this.tell('connecting', null);
    const socket = this.options.connect();
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', after: this.lastChange }));
    socket.onmessage = (event: MessageEvent) => {
      if (this.socket === socket && typeof event.data === 'string') this.receive(event.data);
    };
    socket.onclose = (event: CloseEvent) => {
      if (this.socket !== socket) return;
      if (event.code === sessionEnded) this.options.onRefused();
      this.reconnect();
    };
    // A close follows every error and is what counts.
    socket.onerror = () => undefined;
  }

  private receive(text: string): void {
    const message = parseMessage(text);
    if (message === null) return;
    if (message.type === 'welcome') {
      this.attempt = 0;
      this.lostSince = null;
      this.welcomeChange = message.change;
      this.tell('open', null);
    }
    // The numbers may begin anew, when the server's store was restored.
    if (message.type === 'resync') this.lastChange = this.welcomeChange;
    if (message.type === 'incident') {
      if (message.change <= this.lastChange) return;
      this.lastChange = message.change;
    }
    this.options.onMessage(message);
  }

  private lose(): void {
    this.lostSince ??= Date.now();
    const { firstDelayMs, longestDelayMs, random } = this.options;
    const longest = Math.min(longestDelayMs, firstDelayMs * 2 ** this.attempt);
    const delay = longest * (0.5 + random() / 2);
    this.attempt += 1;
    this.tell('waiting', Date.now() + delay);
    this.timer = setTimeout(() => this.open(), delay);
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }

  private tell(phase: StreamPhase, nextAttempt: number | null): void {
    this.options.onStatus({ phase, lostSince: this.lostSince, nextAttempt });
  }
}
