import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { createBrowserRouter, Navigate, RouterProvider } from 'react-router-dom';

import { ApiProblem } from '@/shared/api/problem';
import { listenToKeys } from '@/shared/keyboard';
import { loadSession, useSession } from '@/shared/session/session';
import { Loading, Toasts, TooltipProvider } from '@/shared/ui';
import Login from '@/features/login';

import { ErrorBoundary } from './ErrorBoundary';
import { FirstPage } from './FirstPage';
import { pages } from './pages';
import { Shell } from './Shell';
import { Unreachable } from './Unreachable';

const Account = lazy(() => import('@/features/account'));
const Docs = lazy(() => import('@/features/docs'));

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      retry: (count, error) =>
        count < 2 && (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 500),
    },
  },
});

function createRoutes() {
  return createBrowserRouter([
    {
      path: '/',
      element: <Shell />,
      children: [
        { index: true, element: <FirstPage /> },
        ...pages.map((page) => {
          const Component = lazy(page.load);
          return {
            path: `${page.path}/*`,
            element: (
              <ErrorBoundary key={page.id}>
                <Suspense fallback={<Loading rows={5} />}>
                  <Component />
                </Suspense>
              </ErrorBoundary>
            ),
          };
        }),
        {
          path: 'account',
          element: (
            <Suspense fallback={<Loading rows={5} />}>
              <Account />
            </Suspense>
          ),
        },
        {
          path: 'docs',
          element: (
            <Suspense fallback={<Loading rows={5} />}>
              <Docs />
            </Suspense>
          ),
        },
        { path: '*', element: <Navigate to="/" replace /> },
      ],
    },
  ]);
}

function Content() {
  const phase = useSession((store) => store.phase);
  const mustChange = useSession((store) => store.session?.must_change_password ?? false);
  const router = useMemo(createRoutes, []);
  useEffect(() => void loadSession(), []);
  if (phase === 'starting') return null;
  if (phase === 'unreachable') return <Unreachable />;
  if (phase === 'out' || mustChange) return <Login />;
  return <RouterProvider router={router} future={{ v7_startTransition: true }} />;
}

export function App() {
  useEffect(listenToKeys, []);
  return (
    <QueryClientProvider client={queries}>
      <TooltipProvider delayDuration={300} skipDelayDuration={200}>
        <ErrorBoundary>
          <Content />
        </ErrorBoundary>
        <Toasts />
      </TooltipProvider>
    </QueryClientProvider>
  );
}
