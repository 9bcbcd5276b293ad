import type { Packet } from './packet';
import { PictureClock } from './pictureClock';

/** Latency, in seconds, that is aimed at; above `hurry` it plays a little faster, above `jump` it skips to the edge. */
const aim = 0.2;
const hurry = 0.5;
const jump = 1.5;
const keepBehind = 8;
const trimAbove = 20;
/** More waiting packets than this: a machine that does not keep up goes on at the next key picture. */
const mostWaiting = 300;

type Job = { bytes: Uint8Array<ArrayBuffer>; packet: Packet | null };

/** Puts fragments into a video element through MSE, follows the live edge, and knows the wall clock of each picture. */
export class MediaBuffer {
  readonly clock = new PictureClock();
  private readonly source = new MediaSource();
  private readonly address: string;
  private buffer: SourceBuffer | null = null;
  private waiting: Job[] = [];
  private offset: number | null = null;
  private isClosed = false;
  private needsKey = true;

  constructor(
    private readonly video: HTMLVideoElement,
    private mime: string,
    private readonly onError: (reason: string) => void,
  ) {
    this.address = URL.createObjectURL(this.source);
    video.src = this.address;
    this.source.addEventListener('sourceopen', () => this.openBuffer(), { once: true });
  }

  static canPlay(mime: string): boolean {
    return 'MediaSource' in window && MediaSource.isTypeSupported(mime);
  }

  push(packet: Packet): void {
    if (this.isClosed) return;
    if (packet.kind === 'init') {
      this.needsKey = true;
      this.waiting.push({ bytes: packet.payload, packet: null });
    } else {
      if (this.needsKey && !packet.isKey) return;
      this.needsKey = false;
      this.waiting.push({ bytes: packet.payload, packet });
      if (this.waiting.length > mostWaiting) this.cutToNewestKey();
    }
    this.work();
  }

  /** Other parameters of the same camera: goes on in the same element. */
  changeMime(mime: string): void {
    if (mime === this.mime) return;
    this.mime = mime;
    this.buffer?.changeType(mime);
  }

  close(): void {
    this.isClosed = true;
    this.waiting = [];
    this.video.removeAttribute('src');
    this.video.load();
    URL.revokeObjectURL(this.address);
  }

  private openBuffer(): void {
    if (this.isClosed) return;
    try {
      this.buffer = this.source.addSourceBuffer(this.mime);
    } catch {
      this.onError(this.mime);
      return;
    }
    this.buffer.addEventListener('updateend', () => {
      this.followEdge();
      this.work();
    });
    this.work();
  }

  private work(): void {
    const { buffer } = this;
    if (!buffer || buffer.updating || this.isClosed || this.source.readyState !== 'open') return;
    if (this.trim(buffer)) return;
    const job = this.waiting.shift();
    if (job === undefined) return;
    try {
      if (job.packet === null) this.offset = null;
      else this.place(buffer, job.packet);
      buffer.appendBuffer(job.bytes);
    } catch (error) {
      if (error instanceof DOMException && error.name === 'QuotaExceededError') {
        this.waiting.unshift(job);
        buffer.remove(0, Math.max(0.1, this.video.currentTime - 1));
      } else {
        this.onError(String(error));
      }
    }
  }

  /** The timeline begins at 0 and goes on without a hole when the camera's own clock jumps. */
  private place(buffer: SourceBuffer, packet: Packet): void {
    const end = buffer.buffered.length > 0 ? buffer.buffered.end(buffer.buffered.length - 1) : 0;
    const expected = this.offset === null ? null : packet.decodeS + this.offset;
    if (expected === null || expected < end - 2 || expected > end + 10) {
      this.offset = end - packet.decodeS;
      buffer.timestampOffset = this.offset;
    }
    this.clock.add(packet.decodeS + (this.offset ?? 0), packet.wallMs);
  }

  private trim(buffer: SourceBuffer): boolean {
    const { buffered } = buffer;
    if (buffered.length === 0) return false;
    const start = buffered.start(0);
    if (this.video.currentTime - start < trimAbove) return false;
    buffer.remove(start, this.video.currentTime - keepBehind);
    return true;
  }

  private followEdge(): void {
    const { buffer, video } = this;
    if (!buffer || buffer.buffered.length === 0) return;
    const last = buffer.buffered.length - 1;
    const end = buffer.buffered.end(last);
    const start = buffer.buffered.start(last);
    const behind = end - video.currentTime;
    if (behind > jump || video.currentTime < start - 0.05 || behind < 0) {
      video.currentTime = Math.max(start, end - aim);
    }
    const rate = behind > hurry && behind <= jump ? 1.15 : 1;
    if (video.playbackRate !== rate) video.playbackRate = rate;
    if (video.paused) void video.play().catch(() => undefined);
  }

  private cutToNewestKey(): void {
    const key = this.waiting.findLastIndex((job) => job.packet?.isKey === true);
    const inits = this.waiting.slice(0, Math.max(0, key)).filter((job) => job.packet === null);
    this.waiting = key < 0 ? inits : [...inits.slice(-1), ...this.waiting.slice(key)];
    this.needsKey = key < 0;
  }
}
