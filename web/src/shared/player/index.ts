export { LivePlayer, type LivePlayerProps } from './LivePlayer';
export type { LiveState } from './liveConnection';
export { Overlay } from './Overlay';
export { SceneTrail, type OverlayZone, type SceneAt } from './boxes';
export { StillPlayer, useBlobAddress } from './StillPlayer';
export { ClipPlayer, useClip, useClipControls, type Clip, type ClipControls } from './ClipPlayer';
export { playerTexts } from './texts';
