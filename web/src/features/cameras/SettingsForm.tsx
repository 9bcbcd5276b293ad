import { useState, type FormEvent, type ReactNode } from 'react';

import { answer, api, ApiProblem, isConflict, problemWords, type Camera } from '@/shared/api';
import { bodyOf } from '@/features/zones/draft';
import { common } from '@/shared/i18n';
import { useRight } from '@/shared/session/session';
import { Button, Checkbox, Input, Select, TextArea, toast, toastError } from '@/shared/ui';

import {
  bytesOf,
  changesOf,
  clashes,
  daysOf,
  emptyOnvif,
  gigabytesOf,
  rebase,
  secondsOf,
  wordsIn,
  type CameraForm,
  type OnvifForm,
  type PlaceForm,
} from './cameraForm';
import { ConflictDialog } from './ConflictDialog';
import { NumberInput } from './NumberInput';
import styles from './SettingsForm.module.css';
import { cameraTexts } from './texts';
import { formOf, ifMatch, useTakeCamera } from './useCameraDetail';
import { useGroups, useOrganisationName, useOrganisations } from './useNames';

interface PartProps {
  form: CameraForm;
  put: (change: Partial<CameraForm>) => void;
  errorOf: (path: string) => string | undefined;
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={styles.section}>
      <legend>{title}</legend>
      <div className={styles.grid}>{children}</div>
    </fieldset>
  );
}

function Basics({ form, put, errorOf }: PartProps) {
  const t = cameraTexts.useText();
  const groups = useGroups();
  const organisations = useOrganisations();
  const organisationName = useOrganisationName();
  const [tags, setTags] = useState(form.tags.join(', '));
  const toggle = (id: string): void => {
    const has = form.groups.includes(id);
    put({ groups: has ? form.groups.filter((each) => each !== id) : [...form.groups, id].sort() });
  };
  return (
    <Section title={t('settings.basics')}>
      <Input
        label={t('settings.name')}
        error={errorOf('name')}
        value={form.name}
        maxLength={200}
        onChange={(event) => put({ name: event.target.value })}
      />
      {organisations.length > 0 ? (
        <Select
          label={t('settings.organisation')}
          value={form.organisation}
          choices={organisations.map(({ id }) => ({ value: id, label: organisationName(id) }))}
          onChange={(organisation) => put({ organisation })}
        />
      ) : (
        <Input
          label={t('settings.organisation')}
          error={errorOf('organisation')}
          value={form.organisation}
          onChange={(event) => put({ organisation: event.target.value })}
        />
      )}
      <div className={styles.wide}>
        <p className={styles.label}>
          {t('settings.groups')} <span>{t('settings.groupsHint')}</span>
        </p>
        <div className={styles.checks}>
          {groups.map((group) => (
            <Checkbox
              key={group.id}
              label={group.name}
              checked={form.groups.includes(group.id)}
              onChange={() => toggle(group.id)}
            />
          ))}
        </div>
      </div>
      <div className={styles.wide}>
        <Input
          label={t('settings.tags')}
          hint={t('settings.tagsHint')}
          error={errorOf('tags')}
          value={tags}
          onChange={(event) => {
            setTags(event.target.value);
            put({ tags: wordsIn(event.target.value) });
          }}
        />
      </div>
      <div className={styles.wide}>
        <TextArea
          label={t('settings.note')}
          value={form.note}
          maxLength={4000}
          onChange={(event) => put({ note: event.target.value })}
        />
      </div>
    </Section>
  );
}

function Where({ form, put, errorOf }: PartProps) {
  const t = cameraTexts.useText();
  const place = form.place ?? {};
  const change = (part: { [Key in keyof PlaceForm]: PlaceForm[Key] | undefined }): void => {
    const all: [string, unknown][] = Object.entries({ ...place, ...part });
    put({ place: Object.fromEntries(all.filter(([, value]) => (value ?? '') !== '')) });
  };
  return (
    <Section title={t('settings.where')}>
      <NumberInput
        label={t('settings.latitude')}
        error={errorOf('place.latitude')}
        value={place.latitude}
        onChange={(latitude) => change({ latitude })}
      />
      <NumberInput
        label={t('settings.longitude')}
        error={errorOf('place.longitude')}
        value={place.longitude}
        onChange={(longitude) => change({ longitude })}
      />
      <NumberInput
        label={t('settings.heading')}
        hint={t('settings.headingHint')}
        error={errorOf('place.heading')}
        value={place.heading}
        onChange={(heading) => change({ heading })}
      />
      <NumberInput
        label={t('settings.fieldOfView')}
        error={errorOf('place.field_of_view')}
        value={place.field_of_view}
        onChange={(fieldOfView) => change({ field_of_view: fieldOfView })}
      />
      <NumberInput
        label={t('settings.height')}
        error={errorOf('place.height')}
        value={place.height}
        onChange={(height) => change({ height })}
      />
      <NumberInput
        label={t('settings.range')}
        error={errorOf('place.range')}
        value={place.range}
        onChange={(range) => change({ range })}
      />
      <Input
        label={t('settings.address')}
        value={place.address ?? ''}
        onChange={(event) => change({ address: event.target.value })}
      />
      <Input
        label={t('settings.site')}
        value={place.site ?? ''}
        onChange={(event) => change({ site: event.target.value })}
      />
    </Section>
  );
}

function Connection({ form, put, errorOf }: PartProps) {
  const t = cameraTexts.useText();
  type Role = 'main' | 'sub';
  const urlOf = (role: Role): string => form.streams.find((stream) => stream.role === role)?.url ?? '';
  const setUrl = (role: Role, url: string): void => {
    const others = form.streams.filter((stream) => stream.role !== role);
    const before = form.streams.find((stream) => stream.role === role) ?? { role, url };
    const streams = url === '' && role === 'sub' ? others : [...others, { ...before, url }];
    put({ streams: streams.sort((one, other) => one.role.localeCompare(other.role)) });
  };
  const onvif = form.onvif ?? null;
  const setOnvif = (part: Partial<OnvifForm>): void => put({ onvif: { ...(onvif ?? emptyOnvif), ...part } });
  return (
    <Section title={t('settings.connection')}>
      <div className={styles.wide}>
        <Input
          label={t('settings.main')}
          hint={t('settings.passwordHint')}
          error={errorOf('streams[0].url')}
          value={urlOf('main')}
          onChange={(event) => setUrl('main', event.target.value)}
        />
      </div>
      <div className={styles.wide}>
        <Input
          label={t('settings.sub')}
          hint={t('settings.subHint')}
          error={errorOf('streams[1].url')}
          value={urlOf('sub')}
          onChange={(event) => setUrl('sub', event.target.value)}
        />
      </div>
      <div className={styles.wide}>
        <Checkbox
          label={t('settings.onvif')}
          checked={onvif !== null}
          onChange={(event) => put({ onvif: event.target.checked ? emptyOnvif : null })}
        />
      </div>
      {onvif !== null && (
        <>
          <div className={styles.wide}>
            <Input
              label={t('settings.onvifAddress')}
              error={errorOf('onvif.address')}
              value={onvif.address}
              onChange={(event) => setOnvif({ address: event.target.value })}
            />
          </div>
          <Input
            label={t('settings.onvifUser')}
            autoComplete="off"
            value={onvif.user}
            onChange={(event) => setOnvif({ user: event.target.value })}
          />
          <Input
            label={t('settings.onvifPassword')}
            type="password"
            autoComplete="new-password"
            value={onvif.password}
            onChange={(event) => setOnvif({ password: event.target.value })}
          />
          <Checkbox
            label={t('settings.onvifPtz')}
            checked={onvif.ptz}
            onChange={(event) => setOnvif({ ptz: event.target.checked })}
          />
          <Checkbox
            label={t('settings.onvifEvents')}
            checked={onvif.events}
            onChange={(event) => setOnvif({ events: event.target.checked })}
          />
        </>
      )}
    </Section>
  );
}

function Keeping({ form, put, errorOf }: PartProps) {
  const t = cameraTexts.useText();
  return (
    <Section title={t('settings.keeping')}>
      <Checkbox
        label={t('settings.record')}
        checked={form.record}
        onChange={(event) => put({ record: event.target.checked })}
      />
      <Checkbox
        label={t('settings.analyse')}
        checked={form.analyse}
        onChange={(event) => put({ analyse: event.target.checked })}
      />
      <NumberInput
        label={t('settings.keepDays')}
        error={errorOf('keep_for')}
        value={daysOf(form.keep_for)}
        isNeeded
        onChange={(days) => days !== undefined && put({ keep_for: secondsOf(days) })}
      />
      <NumberInput
        label={t('settings.keepSize')}
        hint={t('settings.keepSizeHint')}
        error={errorOf('keep_bytes')}
        value={gigabytesOf(form.keep_bytes)}
        isNeeded
        onChange={(size) => size !== undefined && put({ keep_bytes: bytesOf(size) })}
      />
    </Section>
  );
}

/** What is stored of one camera, besides its zones and rules. */
export function SettingsForm({ camera }: { camera: Camera }) {
  const t = cameraTexts.useText();
  const words = common.useText();
  const take = useTakeCamera();
  const mayConfigure = useRight('configure_cameras');
  const base = formOf(camera);
  const id = base.id;
  const [form, setForm] = useState(base);
  const [resets, setResets] = useState(0);
  const [errors, setErrors] = useState<ApiProblem['errors']>([]);
  const [theirs, setTheirs] = useState<Camera | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isChanged = Object.keys(changesOf(base, form)).length > 0;
  const errorOf = (path: string): string | undefined => {
    const found = errors.find((error) => error.path === path || error.path.endsWith(`.${path}`));
    return found && problemWords(found);
  };

  const save = async (next: CameraForm, version: number): Promise<void> => {
    setBusy(true);
    setErrors([]);
    try {
      const body = { ...next, ...bodyOf(next) };
      take(
        await answer(
          api.PUT('/api/v1/cameras/{camera}', {
            params: { path: { camera: id } },
            body,
            headers: ifMatch(version),
          }),
        ),
      );
      setTheirs(null);
      toast(t('settings.saved'));
    } catch (error) {
      if (isConflict(error)) {
        setTheirs(await answer(api.GET('/api/v1/cameras/{camera}', { params: { path: { camera: id } } })));
      } else {
        if (error instanceof ApiProblem) setErrors(error.errors);
        toastError(t('settings.saveFailed'), error);
      }
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save(form, camera.version);
  };
  const part: PartProps = {
    form,
    put: (change) => setForm((before) => ({ ...before, ...change })),
    errorOf,
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      {!mayConfigure && <p className={styles.note}>{t('settings.readOnly')}</p>}
      <fieldset key={resets} className={styles.all} disabled={!mayConfigure}>
        <Basics {...part} />
        <Where {...part} />
        <Connection {...part} />
        <Keeping {...part} />
      </fieldset>
      {isChanged && (
        <div className={styles.bar} role="status">
          <span>{t('settings.unsaved')}</span>
          <Button
            look="quiet"
            onClick={() => {
              setForm(base);
              setResets(resets + 1);
            }}
          >
            {t('settings.discard')}
          </Button>
          <Button type="submit" look="primary" isBusy={isBusy}>
            {words('action.save')}
          </Button>
        </div>
      )}
      <ConflictDialog
        theirs={theirs}
        clashing={theirs ? clashes(base, form, formOf(theirs)) : []}
        onClose={() => setTheirs(null)}
        onTakeTheirs={() => theirs && take(theirs)}
        onMerge={() => theirs && void save(rebase(base, form, formOf(theirs)), theirs.version)}
      />
    </form>
  );
}
