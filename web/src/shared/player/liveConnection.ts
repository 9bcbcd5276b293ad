import { socketAddress } from '@/shared/api/client';
import type { Track } from '@/shared/api/model';
import { getPurpose } from '@/shared/session/purpose';
import { now } from '@/shared/time/time';

import { parsePacket, type Packet } from './packet';
import { playsHevc } from './playsHevc';

export interface StreamInfo {
  kind: 'fmp4' | 'jpeg';
  mime: string;
  width: number;
  height: number;
  role: 'main' | 'sub';
  /** A code that says why it is not what was asked for; empty when it is. */
  note: string;
}

export interface LiveScene {
  /** Wall clock, milliseconds since 1970. */
  wallMs: number;
  width: number;
  height: number;
  tracks: Track[];
}

export interface LiveState {
  /** disconnected: from the server; lost: the server from the camera. */
  state: 'connecting' | 'playing' | 'lost' | 'removed' | 'disconnected' | 'refused';
  since: number;
  detail: string;
}

export interface LiveSink {
  onStream: (info: StreamInfo) => void;
  onPacket: (packet: Packet) => void;
  onScene: (scene: LiveScene) => void;
  onState: (state: LiveState) => void;
}

export interface LiveOptions {
  camera: string;
  role: 'auto' | 'main' | 'sub';
  hasScenes: boolean;
}

type TextMessage =
  | ({ type: 'stream' } & StreamInfo)
  | { type: 'scene'; wall_us: number; width: number; height: number; tracks: Track[] }
  | { type: 'state'; state: string; since?: string; detail?: string };

const serverStates = ['playing', 'lost', 'removed'] as const;
const firstDelayMs = 500;
const longestDelayMs = 10_000;
/** The codes with which a server refuses for good: policy violation, and those of applications. */
const refusals = new Set([1008, 4001, 4003, 4004]);

/** One live socket of one camera; connects again after a cut, until closed. */
export class LiveConnection {
  private socket: WebSocket | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;
  private isClosed = false;
  private lostSince: number | null = null;

  constructor(
    private readonly options: LiveOptions,
    private readonly sink: LiveSink,
  ) {
    this.open();
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.socket?.close();
    this.socket = null;
  }

  private open(): void {
    const { camera, role, hasScenes } = this.options;
    const query = new URLSearchParams({ role, scenes: String(hasScenes), purpose: getPurpose() });
    const path = `/api/v1/cameras/${encodeURIComponent(camera)}/live?${query.toString()}`;
    const socket = new WebSocket(socketAddress(path));
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ type: 'can', hevc: playsHevc() }));
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
      if (typeof event.data === 'string') this.takeText(event.data);
      else this.takeBytes(event.data);
    };
    socket.onclose = (event) => this.lose(event);
  }

  private lose(event: CloseEvent): void {
    if (this.isClosed) return;
    this.socket = null;
    const isRefused = refusals.has(event.code);
    this.lostSince ??= now();
    this.sink.onState({
      state: isRefused ? 'refused' : 'disconnected',
      since: this.lostSince,
      detail: event.reason,
    });
    if (isRefused) return;
    const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** this.attempt) * (0.5 + Math.random() / 2);
    this.attempt += 1;
    this.timer = setTimeout(() => this.open(), delay);
  }

  private takeBytes(bytes: ArrayBuffer): void {
    const packet = parsePacket(bytes);
    if (packet === null) return;
    this.attempt = 0;
    this.lostSince = null;
    this.sink.onPacket(packet);
  }

  private takeText(text: string): void {
    let message: TextMessage;
    try {
      message = JSON.parse(text) as TextMessage;
    } catch {
      return;
    }
    if (message.type === 'stream') this.sink.onStream(message);
    else if (message.type === 'scene') this.sink.onScene({ ...message, wallMs: message.wall_us / 1000 });
    else {
      const state = serverStates.find((each) => each === message.state) ?? 'connecting';
      const since = message.since === undefined ? now() : Date.parse(message.since);
      this.sink.onState({ state, since, detail: message.detail ?? '' });
    }
  }
}
