import { Copy } from 'lucide-react';

import type { Schemas } from '@/shared/api';
import { common } from '@/shared/i18n';
import { Button, Dialog, toast } from '@/shared/ui';

import { userTexts } from './texts';
import styles from './Users.module.css';

/** The one time that a new password can be seen. */
export function PasswordOnce({ made, onClose }: { made: Schemas['NewUser']; onClose: () => void }) {
  const t = userTexts.useText();
  const words = common.useText();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(made.one_time_password);
      toast(t('copied'));
    } catch {
      toast(t('copyFailed'));
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('passwordTitle')}
      description={t('passwordText', { name: made.user.name })}
      foot={
        <Button look="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      <div className={styles.secret}>
        <output>{made.one_time_password}</output>
        <Button icon={<Copy />} onClick={() => void copy()}>
          {words('action.copy')}
        </Button>
      </div>
    </Dialog>
  );
}
