import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';

import { Loading } from '@/shared/ui';

import { HistoryList } from './HistoryList';

const Replay = lazy(() => import('./replay/Replay'));

/** The incidents of all times: the list, and one of them replayed scene by scene. */
export default function HistoryPage() {
  return (
    <Suspense fallback={<Loading rows={6} />}>
      <Routes>
        <Route index element={<HistoryList />} />
        <Route path=":incident/replay" element={<Replay />} />
      </Routes>
    </Suspense>
  );
}
