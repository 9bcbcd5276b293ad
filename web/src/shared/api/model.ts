import type { components } from './schema';

/** The objects of the interface, under short names. */
export type Schemas = components['schemas'];
export type Incident = Schemas['Incident'];
export type IncidentSummary = Schemas['IncidentSummary'];
export type IncidentState = IncidentSummary['state'];
export type IncidentAction = Schemas['IncidentAction'];
export type Camera = Schemas['Camera'];
export type CameraSummary = Schemas['CameraSummary'];
export type CameraState = CameraSummary['state'];
export type Session = Schemas['Session'];
export type Scene = Schemas['Scene'];
export type SceneSpan = Schemas['SceneSpan'];
export type Track = Schemas['Track'];
export type IncidentReplay = Schemas['IncidentReplay'];
export type ReplayStep = Schemas['ReplayStep'];
export type ReplaySaid = Schemas['ReplaySaid'];
export type ReplayTrack = Schemas['ReplayTrack'];
export type Wall = Schemas['Wall'];
export type Tile = Schemas['Tile'];
export type PtzCommand = Schemas['PtzCommand'];
export type Gravity = 1 | 2 | 3 | 4 | 5;

export function toGravity(value: number): Gravity {
  return Math.min(5, Math.max(1, Math.round(value))) as Gravity;
}
