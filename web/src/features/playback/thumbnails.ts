import { fetchBytes } from '@/shared/api';
import { playsHevc } from '@/shared/player';

const reachMs = 200;
const waitMs = 4_000;

function once(target: EventTarget, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} did not come`)), waitMs);
    target.addEventListener(
      name,
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

/** The key picture at or before a moment, as a small JPEG: decoded by the browser in an element that nobody sees. */
async function decode(bytes: ArrayBuffer, mime: string, width: number): Promise<Blob> {
  const video = document.createElement('video');
  video.muted = true;
  const source = new MediaSource();
  const address = URL.createObjectURL(source);
  try {
    video.src = address;
    await once(source, 'sourceopen');
    const buffer = source.addSourceBuffer(mime);
    buffer.mode = 'sequence';
    const loaded = once(video, 'loadeddata');
    buffer.appendBuffer(bytes);
    await once(buffer, 'updateend');
    source.endOfStream();
    await loaded;
    // The first picture is decoded only when it is gone to.
    const isThere = once(video, 'seeked');
    video.currentTime = video.buffered.length > 0 ? video.buffered.start(0) + 0.001 : 0;
    await isThere;
    const height = Math.round((width * video.videoHeight) / Math.max(1, video.videoWidth));
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    canvas.getContext('2d')?.drawImage(video, 0, 0, width, height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', 0.8),
    );
  } finally {
    video.removeAttribute('src');
    URL.revokeObjectURL(address);
  }
}

let queue: Promise<unknown> = Promise.resolve();

/** A picture of a stored moment. One is made at a time, so that playing goes on undisturbed. */
export function thumbnailOf(
  camera: string,
  moment: number,
  width: number,
  signal: AbortSignal,
): Promise<Blob> {
  const make = async (): Promise<Blob> => {
    signal.throwIfAborted();
    const query = new URLSearchParams({
      from: new Date(moment).toISOString(),
      to: new Date(moment + reachMs).toISOString(),
      keys_only: 'true',
      ...(!playsHevc() && { hevc: 'false' }),
    });
    const path = `/api/v1/cameras/${encodeURIComponent(camera)}/media?${query.toString()}`;
    const response = await fetchBytes(path, signal);
    const mime = response.headers.get('content-type') ?? '';
    return decode(await response.arrayBuffer(), mime, width);
  };
  const made = queue.then(make, make);
  queue = made.catch(() => undefined);
  return made;
}
