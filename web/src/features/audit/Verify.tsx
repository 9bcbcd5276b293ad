import { useMutation } from '@tanstack/react-query';
import { ShieldAlert, ShieldCheck } from 'lucide-react';

import { answer, api, type Schemas } from '@/shared/api';
import { useRight } from '@/shared/session/session';
import { Button, Dialog, toastError } from '@/shared/ui';

import styles from './Audit.module.css';
import { auditTexts } from './texts';

function Verdict({ verdict }: { verdict: Schemas['AuditVerdict'] }) {
  const t = auditTexts.useText();
  const { is_good: isGood, records, first_bad: firstBad } = verdict;
  return (
    <div className={styles.verdict} role="status">
      {isGood ? <ShieldCheck aria-hidden="true" /> : <ShieldAlert aria-hidden="true" />}
      <p className={styles.strong}>
        {isGood ? t('goodText', { n: records.toLocaleString() }) : t('badText', { number: firstBad ?? '?' })}
      </p>
      <p className={styles.quiet}>
        {t('serverWords')}: {verdict.words}
      </p>
    </div>
  );
}

/** Walks the chain of hashes on the server and says what came out. */
export function Verify() {
  const t = auditTexts.useText();
  const mayVerify = useRight('verify_audit');
  const verify = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/audit/verify')),
    onError: (error) => toastError(t('verifyFailed'), error),
  });
  if (!mayVerify) return null;
  return (
    <>
      <Button look="primary" icon={<ShieldCheck />} isBusy={verify.isPending} onClick={() => verify.mutate()}>
        {t(verify.isPending ? 'verifying' : 'verify')}
      </Button>
      {verify.data && (
        <Dialog isOpen onClose={() => verify.reset()} title={t(verify.data.is_good ? 'good' : 'bad')}>
          <Verdict verdict={verify.data} />
        </Dialog>
      )}
    </>
  );
}
