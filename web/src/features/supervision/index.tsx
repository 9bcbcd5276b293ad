import { FileText } from 'lucide-react';
import { lazy, Suspense, type ReactNode } from 'react';
import { Route, Routes, useNavigate, useSearchParams } from 'react-router-dom';

import { Button, ErrorState, Loading, Page, Segmented } from '@/shared/ui';

import { GravityMix, HourBars } from './Charts';
import { Coverage } from './Coverage';
import { FalseAlarms } from './FalseAlarms';
import { Gathering } from './Gathering';
import { Figures, Operators, Unanswered } from './NowPanel';
import styles from './Supervision.module.css';
import { supervisionTexts } from './texts';
import { periods, useCoverage, useNowFigures, useShiftReport, type Period } from './useSupervision';

const ShiftPaper = lazy(() => import('./ShiftPaper'));

export function usePeriod(): [Period, (period: Period) => void] {
  const [search, setSearch] = useSearchParams();
  const period = periods.find((each) => each === search.get('hours')) ?? '8';
  return [period, (next) => setSearch({ hours: next }, { replace: true })];
}

interface SectionProps {
  title: string;
  hint?: string;
  isWide?: boolean;
  children: ReactNode;
}

function Section({ title, hint, isWide, children }: SectionProps) {
  return (
    <section className={styles.section} data-wide={isWide}>
      <h2>
        {title} {hint !== undefined && <span className={styles.label}>{hint}</span>}
      </h2>
      {children}
    </section>
  );
}

function Board() {
  const t = supervisionTexts.useText();
  const navigate = useNavigate();
  const [period, setPeriod] = usePeriod();
  const figures = useNowFigures();
  const report = useShiftReport(period);
  const coverage = useCoverage(period);
  const tools = (
    <>
      <Segmented<Period>
        label={t('period')}
        value={period}
        choices={periods.map((value) => ({ value, label: t(`periods.${value}`) }))}
        onChange={setPeriod}
      />
      <Button icon={<FileText />} onClick={() => navigate(`/supervisor/report?hours=${period}`)}>
        {t('report')}
      </Button>
    </>
  );
  return (
    <Page title={t('title')} tools={tools}>
      {figures.isPending && <Loading rows={6} />}
      {figures.isError && !figures.data && (
        <ErrorState title={t('failed')} error={figures.error} onRetry={() => void figures.refetch()} />
      )}
      {figures.data && (
        <div className={styles.board}>
          <Figures figures={figures.data} />
          <Section title={t('operators')} isWide>
            <Operators figures={figures.data} />
          </Section>
          <Section title={t('unanswered')}>
            <Unanswered figures={figures.data} />
          </Section>
          <div className={styles.column}>
            <Section title={t(Number(period) > 48 ? 'days' : 'hours')}>
              {report.data ? <HourBars report={report.data} /> : <Gathering period={period} rows={3} />}
            </Section>
            <Section title={t('gravityMix')} hint={t('gravityMixHint')}>
              {report.data ? <GravityMix byGravity={report.data.by_gravity} /> : <Loading rows={3} />}
            </Section>
          </div>
          <Section title={t('falseAlarms')} isWide>
            {report.data ? <FalseAlarms rows={report.data.false_alarms} /> : <Loading rows={3} />}
          </Section>
          <Section title={t('coverage')} hint={`${t('coverageHint')} · ${t('legend')}`} isWide>
            {coverage.data ? <Coverage rows={coverage.data.rows} /> : <Loading rows={4} />}
          </Section>
        </div>
      )}
    </Page>
  );
}

/** How the shift goes: load, what waits, what was not watched, what cried wolf. */
export default function SupervisionPage() {
  return (
    <Routes>
      <Route index element={<Board />} />
      <Route
        path="report"
        element={
          <Suspense fallback={<Loading rows={8} />}>
            <ShiftPaper />
          </Suspense>
        }
      />
    </Routes>
  );
}
