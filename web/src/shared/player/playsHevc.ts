/** Whether this browser plays H.265 through MSE: the server makes H.264 or pictures for those that do not. */
export function playsHevc(): boolean {
  return 'MediaSource' in window && MediaSource.isTypeSupported('video/mp4; codecs="hvc1.1.6.L120.B0"');
}
