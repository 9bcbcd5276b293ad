import type { Schemas } from '@/shared/api';
import { common } from '@/shared/i18n';
import { kindWords } from '@/shared/incidents';

import { errorKind } from './errorKind';
import styles from './Health.module.css';
import { healthTexts } from './texts';

export type CameraHealth = Schemas['CameraHealth'];
export type StreamHealth = Schemas['StreamHealth'];

export function faultWords(fault: string): string {
  return kindWords(fault);
}

/** One sentence about what is wrong, in the language of the page where it is one of the usual things. */
export function healthWords(health: CameraHealth): string {
  const { t } = healthTexts;
  if (health.state === 'ok') return '';
  const raw = health.words !== '' ? health.words : (health.streams.find(isBroken)?.last_error ?? '');
  const kind = errorKind(raw);
  const told = kind === null ? raw : t(`error.${kind}`);
  return [told, health.faults.map(faultWords).join(', ')].filter(Boolean).join(' · ');
}

function isBroken(stream: StreamHealth): boolean {
  return stream.state !== 'playing' && stream.last_error !== '';
}

export function rateWords(kbit: number): string {
  const { t } = healthTexts;
  if (kbit <= 0) return '–';
  return kbit >= 1000 ? t('mbit', { n: (kbit / 1000).toFixed(1) }) : t('kbit', { n: Math.round(kbit) });
}

export function clockWords(seconds: number | null): string {
  if (seconds === null) return '–';
  const rounded = Math.round(seconds * 10) / 10;
  return healthTexts.t('seconds', { n: rounded > 0 ? `+${rounded}` : String(rounded + 0) });
}

/** Both streams of a camera with what arrives. */
export function StreamTable({ streams }: { streams: readonly StreamHealth[] }) {
  const t = healthTexts.useText();
  common.useText();
  const rows: [string, (stream: StreamHealth) => string][] = [
    [t('state'), (stream) => t(`streamState.${stream.state}`)],
    [
      t('codec'),
      (stream) => (stream.width > 0 ? `${stream.codec.toUpperCase()} ${stream.width}×${stream.height}` : '–'),
    ],
    [t('fps'), (stream) => t('perSecond', { n: stream.fps })],
    [t('bitrate'), (stream) => rateWords(stream.kbit_s)],
    [t('gop'), (stream) => t('seconds', { n: stream.gop_s })],
    [t('clock'), (stream) => clockWords(stream.clock_offset_s)],
    [t('loss'), (stream) => t('packets', { n: stream.lost_packets })],
    [t('reconnects'), (stream) => t('times', { n: stream.reconnects })],
  ];
  return (
    <table className={styles.streams}>
      <thead>
        <tr>
          <td />
          {streams.map((stream) => (
            <th key={stream.role} scope="col">
              {t(`streamRole.${stream.role}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, words]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {streams.map((stream) => (
              <td key={stream.role}>{words(stream)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
