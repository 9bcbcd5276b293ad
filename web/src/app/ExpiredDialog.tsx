import { leave, useSession } from '@/shared/session/session';
import { Dialog } from '@/shared/ui';
import { LoginForm } from '@/features/login/LoginForm';

import { appTexts } from './texts';

/** Asks for the password over the page that was in use, so that nothing on the screen is lost. */
export function ExpiredDialog() {
  const t = appTexts.useText();
  const isExpired = useSession((store) => store.phase === 'expired');
  const user = useSession((store) => store.session?.user);
  return (
    <Dialog
      isOpen={isExpired}
      onClose={leave}
      title={t('expired.title')}
      description={t('expired.text')}
      width={24}
    >
      <LoginForm user={user} />
    </Dialog>
  );
}
