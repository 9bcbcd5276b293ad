import { ChevronLeft, Printer } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useNavigate } from 'react-router-dom';

import type { Schemas } from '@/shared/api';
import { useLanguage } from '@/shared/i18n';
import { kindWords, stateWords } from '@/shared/incidents';
import { useSession } from '@/shared/session/session';
import { formatDateTime, formatDay, formatHour, formatSpan, now } from '@/shared/time/time';
import { Button, ErrorState, Gravity, IconButton, Page } from '@/shared/ui';

import { HourBars } from './Charts';
import { CameraName, reasonWords } from './FalseAlarms';
import { barsOf, perTenMinutes, wholeHours } from './figures';
import { Gathering } from './Gathering';
import { usePeriod } from './index';
import styles from './Paper.module.css';
import { supervisionTexts } from './texts';
import { useShiftReport } from './useSupervision';

type Report = Schemas['ShiftReport'];

const mostRows = 12;

function Table({ head, rows }: { head: readonly string[]; rows: readonly (readonly ReactNode[])[] }) {
  const t = supervisionTexts.useText();
  if (rows.length === 0) return <p>{t('paper.none')}</p>;
  return (
    <table>
      <thead>
        <tr>
          {head.map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, at) => (
              <td key={at}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function secondsWords(seconds: number | null): string {
  return seconds === null ? '–' : formatSpan(seconds * 1000);
}

/** The page of paper: on the screen as a preview, and alone when printed. */
function Paper({ report }: { report: Report }) {
  const t = supervisionTexts.useText();
  const language = useLanguage();
  const session = useSession((store) => store.session);
  const centre = language === 'ko' ? session?.organisation.name_ko : session?.organisation.name_en;
  const seconds = (Date.parse(report.to) - Date.parse(report.from)) / 1000;
  const load = perTenMinutes(report.opened, seconds, report.operators.length);
  const both = (row: { acknowledge_p50_s: number | null; acknowledge_p95_s: number | null }): string =>
    t('paper.medianAnd', { a: secondsWords(row.acknowledge_p50_s), b: secondsWords(row.acknowledge_p95_s) });
  const times = (n: number): string => t('paper.times', { n });
  const { isDaily } = barsOf(wholeHours(report.hours, report.from, report.to));
  const hourWords = (hour: string): string =>
    isDaily ? `${formatDay(hour)} ${formatHour(hour)}` : formatHour(hour);
  const summary: [string, string][] = [
    [t('paper.opened'), times(report.opened)],
    [t('paper.answered'), times(report.opened - report.unanswered)],
    [t('paper.unanswered'), times(report.unanswered)],
    [t('paper.ack'), both(report)],
    [t('paper.load'), times(Math.round(load * 10) / 10)],
    [t('paper.exports'), times(report.exports)],
  ];
  return (
    <article className={styles.paper} lang={language}>
      <header>
        <h1>{t('paper.title')}</h1>
        <p>
          {centre} · {t('paper.period')} {formatDateTime(report.from)} – {formatDateTime(report.to)}
        </p>
        <p>
          {t('paper.made')} {formatDateTime(now())} · {t('paper.by')} {session?.name}
        </p>
      </header>
      <h2>{t('paper.summary')}</h2>
      <dl className={styles.summary}>
        {summary.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.two}>
        <section>
          <h2>{t('paper.gravity')}</h2>
          <Table
            head={[t('paper.gravity'), t('paper.opened')]}
            rows={report.by_gravity.map((count, index) => [
              <Gravity key={index} value={index + 1} hasWord />,
              times(count),
            ])}
          />
        </section>
        <section>
          <h2>{t('paper.states')}</h2>
          <Table
            head={[t('paper.states'), t('paper.opened')]}
            rows={Object.entries(report.by_state).map(([state, count]) => [
              stateWords(state as Schemas['IncidentSummary']['state']),
              times(count),
            ])}
          />
        </section>
      </div>
      <section>
        <h2>{t(isDaily ? 'paper.days' : 'paper.hours')}</h2>
        <HourBars report={report} />
      </section>
      <section>
        <h2>{t('paper.operators')}</h2>
        <Table
          head={[t('name'), t('paper.handled'), t('paper.confirmed'), t('paper.falseAlarms'), t('paper.ack')]}
          rows={report.operators.map((row) => [
            row.user,
            row.handled,
            row.confirmed,
            row.false_alarms,
            both(row),
          ])}
        />
      </section>
      <section>
        <h2>{t('paper.falseList')}</h2>
        <Table
          head={[t('camera'), t('rule'), t('rate'), t('reasons')]}
          rows={report.false_alarms
            .slice(0, mostRows)
            .map((row) => [
              <CameraName key={row.camera} id={row.camera} />,
              kindWords(row.kind),
              `${row.false_alarms} / ${row.verdicts}`,
              reasonWords(row.reasons),
            ])}
        />
      </section>
      <section>
        <h2>{t('paper.coverage')}</h2>
        <Table
          head={[t('camera'), t('paper.hour'), t('unseen')]}
          rows={report.worst_coverage
            .slice(0, mostRows)
            .map((row) => [
              <CameraName key={row.camera} id={row.camera} />,
              hourWords(row.hour),
              secondsWords(row.longest_unwatched_s),
            ])}
        />
      </section>
      <section className={styles.end}>
        <h2>{t('paper.remarks')}</h2>
        <div className={styles.remarks} />
        <p className={styles.sign}>{t('paper.sign')}</p>
      </section>
    </article>
  );
}

/** Paper is white: the light theme stands in while printing. */
function useLightWhilePrinting(): void {
  useEffect(() => {
    const root = document.documentElement;
    let before: string | undefined;
    const begin = (): void => {
      before = root.dataset.theme;
      root.dataset.theme = 'light';
    };
    const end = (): void => {
      if (before !== undefined) root.dataset.theme = before;
    };
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
}

/** The report of a shift, for A4. */
export default function ShiftPaper() {
  const t = supervisionTexts.useText();
  const navigate = useNavigate();
  const [period] = usePeriod();
  const report = useShiftReport(period);
  useLightWhilePrinting();
  return (
    <Page
      title={t('report')}
      head={
        <IconButton label={t('paper.back')} icon={<ChevronLeft />} onClick={() => navigate('/supervisor')} />
      }
      tools={
        <Button look="primary" icon={<Printer />} disabled={!report.data} onClick={() => window.print()}>
          {t('paper.print')}
        </Button>
      }
    >
      {report.isPending && <Gathering period={period} rows={8} />}
      {report.isError && !report.data && (
        <ErrorState title={t('failed')} error={report.error} onRetry={() => void report.refetch()} />
      )}
      {report.data && (
        <>
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long page of paper is scrolled by key */}
          <div className={styles.preview} tabIndex={0} role="region" aria-label={t('report')}>
            <Paper report={report.data} />
          </div>
          {createPortal(
            <div className={styles.printed} aria-hidden="true">
              <Paper report={report.data} />
            </div>,
            document.body,
          )}
        </>
      )}
    </Page>
  );
}
