import { problemWords, type Schemas } from '@/shared/api';
import { Button, Select } from '@/shared/ui';

import { addTexts } from './addTexts';
import styles from './Add.module.css';
import type { OnvifForm, StreamForm } from './cameraForm';

export type Finding = Schemas['Finding'];
export type Candidate = Schemas['CameraCandidate'];
type Profile = Schemas['CandidateProfile'];

/** A camera that is to be added, with the profiles for its streams. */
export interface Choice {
  candidate: Candidate;
  main: string;
  sub: string;
}

export const noProfile = '-';

interface CandidateConfig {
  id: string;
  name: string;
  streams: StreamForm[];
  onvif: OnvifForm;
}

function withCredentials(url: string, { user, password }: OnvifForm): string {
  if (user === '' || url.includes('@')) return url;
  return url.replace('://', `://${encodeURIComponent(user)}:${encodeURIComponent(password)}@`);
}

/** The form that the server proposed, with the profiles that were chosen here. */
export function configWith({ candidate, main, sub }: Choice): CandidateConfig {
  const config = candidate.config as CandidateConfig;
  const urlOf = (name: string): string | undefined =>
    candidate.profiles.find((profile) => profile.name === name)?.url;
  const streams = (
    [
      ['main', main],
      ['sub', sub],
    ] as const
  ).flatMap(([role, name]): StreamForm[] => {
    const url = urlOf(name);
    return url === undefined ? [] : [{ role, url: withCredentials(url, config.onvif) }];
  });
  return { ...config, streams };
}

export function choiceFor(candidate: Candidate): Choice {
  const named = (use: Profile['use']): string =>
    candidate.profiles.find((profile) => profile.use === use)?.name ?? noProfile;
  return { candidate, main: named('main'), sub: named('sub') };
}

interface FindingRowProps {
  finding: Finding;
  candidate: Candidate | null;
  choice: Choice | null;
  onChoose: (choice: Choice | null) => void;
  onLogin: () => void;
}

function State({ finding, candidate, onLogin }: FindingRowProps) {
  const t = addTexts.useText();
  if (finding.known_camera !== '') return <>{t('scan.known', { id: finding.known_camera })}</>;
  if (!candidate)
    return (
      <span className={styles.tools}>
        <Button onClick={onLogin}>{t('scan.login')}</Button>
        <span className={styles.quiet}>
          {finding.problem === ''
            ? t('scan.needLogin')
            : problemWords({ code: finding.code, words: finding.problem })}
        </span>
      </span>
    );
  const can = [
    ...(candidate.has_ptz ? [t('scan.ptz')] : []),
    ...(candidate.has_events ? [t('scan.events')] : []),
    ...candidate.problems.map(problemWords),
  ];
  return <span className={styles.quiet}>{[t('scan.ready'), ...can].join(' · ')}</span>;
}

function ProfileSelect({
  label,
  value,
  profiles,
  hasNone,
  onChange,
}: {
  label: string;
  value: string;
  profiles: readonly Profile[];
  hasNone: boolean;
  onChange: (name: string) => void;
}) {
  const t = addTexts.useText();
  const words = (profile: Profile): string =>
    t('scan.profile', {
      codec: profile.codec.toUpperCase(),
      w: profile.width,
      h: profile.height,
      fps: profile.fps,
    });
  const choices = profiles.map((profile) => ({ value: profile.name, label: words(profile) }));
  return (
    <Select
      label={label}
      isLabelHidden
      value={value}
      choices={hasNone ? [{ value: noProfile, label: t('scan.noSub') }, ...choices] : choices}
      onChange={onChange}
    />
  );
}

/** One device that answered. */
export function FindingRow(props: FindingRowProps) {
  const { finding, candidate, choice, onChoose } = props;
  const t = addTexts.useText();
  const name =
    finding.name || [candidate?.manufacturer, candidate?.model].filter(Boolean).join(' ') || finding.address;
  const isNew = finding.known_camera === '' && candidate !== null && candidate.profiles.length > 0;
  const now = choice ?? (candidate ? choiceFor(candidate) : null);
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={t('scan.select', { name })}
          disabled={!isNew}
          checked={choice !== null}
          onChange={() => onChoose(choice === null ? now : null)}
        />
      </td>
      <th scope="row">
        {name} <span className={styles.quiet}>{finding.hardware}</span>
      </th>
      <td className={styles.quiet}>{finding.address}</td>
      {isNew && now ? (
        <>
          <td>
            <ProfileSelect
              label={t('scan.main')}
              value={now.main}
              profiles={candidate.profiles}
              hasNone={false}
              onChange={(main) => onChoose({ ...now, main })}
            />
          </td>
          <td>
            <ProfileSelect
              label={t('scan.sub')}
              value={now.sub}
              profiles={candidate.profiles}
              hasNone
              onChange={(sub) => onChoose({ ...now, sub })}
            />
          </td>
        </>
      ) : (
        <td colSpan={2} />
      )}
      <td>
        <State {...props} />
      </td>
    </tr>
  );
}
