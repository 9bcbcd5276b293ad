export { LivePlayer, type LivePlayerProps } from './LivePlayer';
export type { LiveState } from './liveConnection';
export { Overlay } from './Overlay';
export { SceneTrail, type OverlayZone, type SceneAt } from './boxes';
export { StillPlayer, useBlobAddress } from './StillPlayer';
export { ClipPlayer } from './ClipPlayer';
export { aroundMs, useClip, type Clip } from './useClip';
export { playerTexts } from './texts';
export { playsHevc } from './playsHevc';
