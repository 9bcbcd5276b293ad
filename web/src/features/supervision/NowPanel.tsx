import { useNavigate } from 'react-router-dom';

import type { Schemas } from '@/shared/api';
import { useCameraName } from '@/shared/cameras/names';
import { kindWords } from '@/shared/incidents';
import { useHub } from '@/shared/stream/hub';
import { formatSpan, now, useNow } from '@/shared/time/time';
import { Badge, classes, Gravity } from '@/shared/ui';

import { limits, loadLevel } from './figures';
import styles from './Supervision.module.css';
import { supervisionTexts } from './texts';

type Now = Schemas['Supervision'];

interface FigureProps {
  label: string;
  value: string;
  hint?: string | undefined;
  isLoud?: boolean;
}

function Figure({ label, value, hint, isLoud }: FigureProps) {
  return (
    <div className={classes(styles.figure, isLoud && styles.loud)}>
      <p className={styles.label}>{label}</p>
      <p className={styles.value}>{value}</p>
      <p className={styles.label}>{hint ?? '\u00a0'}</p>
    </div>
  );
}

export function Figures({ figures }: { figures: Now }) {
  const t = supervisionTexts.useText();
  useNow();
  const operators = Math.max(1, figures.operators.length);
  const load = figures.incidents_10min / operators;
  const level = loadLevel(load);
  const oldest = Math.min(...figures.unanswered.map((incident) => Date.parse(incident.opened)));
  const unanswered = figures.unanswered.length;
  const unseen = Math.max(figures.longest_unwatched_s, figures.longest_unseen_s);
  const states = useHub((store) => store.cameras);
  const unused = [...states.values()].filter((camera) => camera.state === 'off').length;
  const inUse = figures.cameras_total - unused;
  return (
    <div className={styles.figures}>
      <Figure
        label={t('load')}
        value={load < 10 ? load.toFixed(1) : String(Math.round(load))}
        hint={`${t(`level.${level}`)} · ${t('loadHint')}`}
        isLoud={level === 'over'}
      />
      <Figure
        label={t('unanswered')}
        value={t('ofUnit', { n: unanswered >= 100 ? '100+' : unanswered })}
        hint={unanswered === 0 ? t('noneWaits') : t('oldest', { span: formatSpan(now() - oldest) })}
        isLoud={unanswered > limits.mostPerTen}
      />
      <Figure label={t('unseen')} value={formatSpan(unseen * 1000)} />
      <Figure
        label={t('playing')}
        value={t('of', { n: figures.cameras_playing, all: inUse })}
        hint={unused > 0 ? t('unused', { n: unused }) : undefined}
        isLoud={figures.cameras_playing < inUse}
      />
    </div>
  );
}

function Gauge({ value }: { value: number }) {
  const t = supervisionTexts.useText();
  const level = loadLevel(value);
  const share = Math.min(1, value / (limits.mostPerTen * 1.5));
  return (
    <span className={styles.gaugeBox}>
      <span className={styles.gauge} aria-hidden="true">
        <span
          className={classes(styles.fill, level === 'over' && styles.over)}
          style={{ width: `${share * 100}%` }}
        />
        <span
          className={styles.tick}
          style={{ left: `${(limits.usualPerTen / (limits.mostPerTen * 1.5)) * 100}%` }}
        />
        <span className={styles.tick} style={{ left: `${100 / 1.5}%` }} />
      </span>
      {value}
      {level === 'over' ? (
        <Badge isStrong>{t('level.over')}</Badge>
      ) : (
        <span className={styles.label}>{t(`level.${level}`)}</span>
      )}
    </span>
  );
}

function secondsWords(seconds: number | null): string {
  return seconds === null ? '–' : formatSpan(seconds * 1000);
}

export function Operators({ figures }: { figures: Now }) {
  const t = supervisionTexts.useText();
  useNow();
  if (figures.operators.length === 0) return <p className={styles.empty}>{t('noOperators')}</p>;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('name')}</th>
          <th scope="col">{t('since')}</th>
          <th scope="col">{t('cameras')}</th>
          <th scope="col">{t('in10')}</th>
          <th scope="col">{t('handled10')}</th>
          <th scope="col">{t('open')}</th>
          <th scope="col">{t('ack')}</th>
          <th scope="col">{t('longestUnseen')}</th>
        </tr>
      </thead>
      <tbody>
        {figures.operators.map((each) => (
          <tr key={each.user}>
            <th scope="row">{each.name}</th>
            <td>{formatSpan(now() - Date.parse(each.since))}</td>
            <td>{t('of', { n: each.cameras, all: each.cap })}</td>
            <td>
              <Gauge value={each.incidents_10min} />
            </td>
            <td>{each.handled_10min}</td>
            <td>{each.open}</td>
            <td>
              {secondsWords(each.acknowledge_p50_s)} · {secondsWords(each.acknowledge_p95_s)}
            </td>
            <td>{secondsWords(each.longest_unseen_s)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Waiting({ incident }: { incident: Schemas['IncidentSummary'] }) {
  const t = supervisionTexts.useText();
  const navigate = useNavigate();
  const name = useCameraName(incident.camera);
  useNow();
  return (
    <li>
      <button
        type="button"
        className={styles.waiting}
        title={t('toControl')}
        onClick={() => navigate(`/control?incident=${encodeURIComponent(incident.id)}`)}
      >
        <Gravity value={incident.gravity} />
        <span>
          {kindWords(incident.kind)} <span className={styles.label}>{name}</span>
        </span>
        <span className={styles.age}>{formatSpan(now() - Date.parse(incident.opened))}</span>
      </button>
    </li>
  );
}

const mostShown = 12;

export function Unanswered({ figures }: { figures: Now }) {
  const t = supervisionTexts.useText();
  if (figures.unanswered.length === 0) return <p className={styles.empty}>{t('noneWaits')}</p>;
  return (
    <ul>
      {figures.unanswered.slice(0, mostShown).map((incident) => (
        <Waiting key={incident.id} incident={incident} />
      ))}
    </ul>
  );
}
