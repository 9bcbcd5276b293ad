import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';

import { Loading } from '@/shared/ui';

import { CameraList } from './CameraList';

// Names with ~ cannot be ids of cameras, so that /cameras/<id> stays free for every camera.
const AddCameras = lazy(() => import('./AddCameras'));
const CameraDetail = lazy(() => import('./CameraDetail'));
const Groups = lazy(() => import('./Groups'));
const FleetHealth = lazy(() => import('@/features/health'));
const SystemPage = lazy(() => import('@/features/system'));

/** The cameras: list, one camera, adding, groups, their health and the system behind them. */
export default function CamerasPage() {
  return (
    <Suspense fallback={<Loading rows={6} />}>
      <Routes>
        <Route index element={<CameraList />} />
        <Route path="~add/:way?" element={<AddCameras />} />
        <Route path="~groups" element={<Groups />} />
        <Route path="~health" element={<FleetHealth />} />
        <Route path="~system" element={<SystemPage />} />
        <Route path=":camera/:tab?" element={<CameraDetail />} />
      </Routes>
    </Suspense>
  );
}
