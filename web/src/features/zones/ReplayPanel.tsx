import type { UseQueryResult } from '@tanstack/react-query';

import { detailOf, wordsOf, type Schemas } from '@/shared/api';
import { kindWords } from '@/shared/incidents';
import { formatTime } from '@/shared/time/time';
import { classes, Gravity, Segmented } from '@/shared/ui';

import styles from './Replay.module.css';
import type { ComparedEvent } from './replayDiff';
import { zoneTexts } from './texts';

export const spans = ['900', '3600', '21600', '86400'] as const;
export type SpanChoice = (typeof spans)[number];

interface ReplayPanelProps {
  replay: UseQueryResult<Schemas['ReplayResult']>;
  events: readonly ComparedEvent[];
  span: SpanChoice;
  isReady: boolean;
  shown: ComparedEvent | null;
  onSpan: (span: SpanChoice) => void;
  onShow: (event: ComparedEvent | null) => void;
}

const most = 200;

function Bars({ result, hours }: { result: Schemas['ReplayResult']; hours: number }) {
  const t = zoneTexts.useText();
  const highest = Math.max(1, result.before.length, result.after.length);
  const bar = (label: string, count: number) => (
    <div className={styles.bar}>
      <span className={styles.barLabel}>{label}</span>
      <span className={styles.track}>
        <span className={styles.fill} style={{ width: `${(count / highest) * 100}%` }} />
      </span>
      <strong className={styles.count}>{t('replay.count', { n: count })}</strong>
      <span className={styles.quiet}>{t('replay.perHour', { n: Math.round(count / hours) })}</span>
    </div>
  );
  return (
    <div>
      {bar(t('replay.before'), result.before.length)}
      {bar(t('replay.after'), result.after.length)}
    </div>
  );
}

function Events({ events, shown, onShow }: Pick<ReplayPanelProps, 'events' | 'shown' | 'onShow'>) {
  const t = zoneTexts.useText();
  return (
    <ul className={styles.events}>
      {events.slice(0, most).map((each) => {
        const { event, fate } = each;
        const isShown = shown?.event === event;
        return (
          <li key={`${event.rule}-${event.zone}-${event.from}-${event.tracks.join()}-${fate}`}>
            <button
              type="button"
              className={classes(styles.event, isShown && styles.shown)}
              aria-pressed={isShown}
              onClick={() => onShow(isShown ? null : each)}
            >
              <span>{formatTime(event.from)}</span>
              <Gravity value={event.gravity} />
              <span>{kindWords(event.kind)}</span>
              <span className={classes(styles.fate, styles[fate])}>{t(`replay.fate.${fate}`)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** What the rules would have raised, beside what they did. */
export function ReplayPanel(props: ReplayPanelProps) {
  const { replay, events, span, isReady, onSpan } = props;
  const t = zoneTexts.useText();
  const result = replay.data;
  return (
    <section className={styles.panel} aria-label={t('replay.title')} aria-busy={replay.isFetching}>
      <header className={styles.head}>
        <h2>{t('replay.text')}</h2>
        <Segmented<SpanChoice>
          label={t('replay.span')}
          value={span}
          choices={spans.map((value) => ({ value, label: t(`replay.spans.${value}`) }))}
          onChange={onSpan}
        />
      </header>
      {!isReady && <p className={styles.quiet}>{t('replay.waits')}</p>}
      {isReady && replay.isPending && <p className={styles.quiet}>{t('replay.running')}</p>}
      {replay.isError && (
        <p role="alert">
          {t('replay.failed')} {detailOf(replay.error) || wordsOf(replay.error)}
        </p>
      )}
      {result && !replay.isError && (
        <div className={classes(styles.result, replay.isFetching && styles.old)} aria-live="polite">
          {result.words === 'no_scenes' ? (
            <p className={styles.quiet}>{t('replay.no_scenes')}</p>
          ) : (
            <>
              <Bars result={result} hours={Number(span) / 3600} />
              <p className={styles.sums}>
                {result.gone === 0 && result.added === 0
                  ? t('replay.same')
                  : [
                      t('replay.kept', { n: result.kept }),
                      t('replay.gone', { n: result.gone }),
                      t('replay.added', { n: result.added }),
                    ].join(' · ')}
              </p>
              {result.words === 'too_many' && <p className={styles.quiet}>{t('replay.too_many')}</p>}
              <Events events={events} shown={props.shown} onShow={props.onShow} />
              <p className={styles.foot}>
                {t('replay.seconds', { scenes: result.scenes, seconds: result.seconds.toFixed(2) })}
              </p>
            </>
          )}
        </div>
      )}
    </section>
  );
}
