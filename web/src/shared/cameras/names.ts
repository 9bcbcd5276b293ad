import { useEffect } from 'react';
import { create } from 'zustand';

import { answer, api } from '@/shared/api/client';
import type { CameraSummary } from '@/shared/api/model';
import { useSession } from '@/shared/session/session';

interface CameraStore {
  cameras: ReadonlyMap<string, CameraSummary>;
  /** All cameras that the user may see, known or not. */
  total: number | null;
}

/** Cameras as they became known: the first page of all, and each that was asked for. */
export const useCameras = create<CameraStore>()(() => ({ cameras: new Map(), total: null }));

const asked = new Set<string>();
let firstPage: Promise<void> | null = null;

function take(cameras: readonly CameraSummary[]): void {
  useCameras.setState((store) => {
    const next = new Map(store.cameras);
    for (const camera of cameras) next.set(camera.id, camera);
    return { cameras: next };
  });
}

async function loadFirstPage(): Promise<void> {
  try {
    const page = await answer(api.GET('/api/v1/cameras', { params: { query: { limit: 500 } } }));
    take(page.cameras);
    useCameras.setState({ total: page.total });
  } catch {
    firstPage = null;
  }
}

/** Makes a camera known that is not in the first page. */
async function ask(id: string): Promise<void> {
  if (asked.has(id)) return;
  asked.add(id);
  firstPage ??= loadFirstPage();
  await firstPage;
  if (useCameras.getState().cameras.has(id)) return;
  try {
    const camera = await answer(api.GET('/api/v1/cameras/{camera}', { params: { path: { camera: id } } }));
    take([camera.summary]);
  } catch {
    asked.delete(id);
  }
}

/** A camera by its id; undefined until it is known. */
export function useCamera(id: string): CameraSummary | undefined {
  const camera = useCameras((store) => store.cameras.get(id));
  useEffect(() => {
    if (camera === undefined && id !== '') void ask(id);
  }, [camera, id]);
  return camera;
}

/** All cameras that are known, with these among them as soon as they are loaded. */
export function useKnownCameras(ids: readonly string[]): ReadonlyMap<string, CameraSummary> {
  const cameras = useCameras((store) => store.cameras);
  const missing = ids.filter((id) => !cameras.has(id)).join('\n');
  useEffect(() => {
    for (const id of missing.split('\n')) if (id !== '') void ask(id);
  }, [missing]);
  return cameras;
}

/** Makes the cameras known that a page of any kind may name, and how many there are. */
export function loadCameras(): void {
  const mayView = useSession.getState().session?.rights.includes('view_cameras') ?? false;
  if (mayView) firstPage ??= loadFirstPage();
}

/** The name of a camera for people; its id until the name is known. */
export function useCameraName(id: string): string {
  const name = useCamera(id)?.name;
  return name === undefined || name === '' ? id : name;
}

export function cameraName(id: string): string {
  const name = useCameras.getState().cameras.get(id)?.name;
  return name === undefined || name === '' ? id : name;
}

/** The name of a zone of a camera; its id until the camera is known. */
export function zoneName(camera: string, zone: string): string {
  const zones = useCameras.getState().cameras.get(camera)?.zones ?? [];
  return zones.find((one) => one.id === zone)?.name ?? zone;
}
