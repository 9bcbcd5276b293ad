import { Loading } from '@/shared/ui';

export default function PendingPage() {
  return <Loading rows={4} />;
}
