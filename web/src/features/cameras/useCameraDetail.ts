import { useQuery, useQueryClient } from '@tanstack/react-query';

import { answer, api, type Camera } from '@/shared/api';

import type { CameraForm } from './cameraForm';

/** One camera as the server has it now, with its whole form. */
export function useCameraDetail(camera: string) {
  return useQuery({
    queryKey: ['camera', camera],
    queryFn: () => answer(api.GET('/api/v1/cameras/{camera}', { params: { path: { camera } } })),
  });
}

export function formOf(camera: Camera): CameraForm {
  return camera.config as CameraForm;
}

/** Puts what a change answered into the page. */
export function useTakeCamera(): (camera: Camera) => void {
  const queries = useQueryClient();
  return (camera) => {
    queries.setQueryData(['camera', camera.summary.id], camera);
    void queries.invalidateQueries({ queryKey: ['cameras'] });
    void queries.invalidateQueries({ queryKey: ['versions', camera.summary.id] });
  };
}

export function ifMatch(version: number): { 'If-Match': string } {
  return { 'If-Match': String(version) };
}
