import { Loading } from '@/shared/ui';

export default function Account() {
  return <Loading />;
}
