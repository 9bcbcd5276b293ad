import { Navigate } from 'react-router-dom';

import { useSession } from '@/shared/session/session';

import { pages } from './pages';

/** Goes to the first page that the user may see. */
export function FirstPage() {
  const rights = useSession((store) => store.session?.rights ?? []);
  const first = pages.find((page) => rights.includes(page.right));
  return <Navigate to={first ? `/${first.path}` : '/account'} replace />;
}
