import { Loading } from '@/shared/ui';

export default function Control() {
  return <Loading />;
}
