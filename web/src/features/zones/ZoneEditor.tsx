import { useQuery } from '@tanstack/react-query';
import { Plus, Redo2, RotateCw, Save, Undo2 } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';

import { answer, api, isConflict, type Camera } from '@/shared/api';
import { ConflictDialog } from '@/features/cameras/ConflictDialog';
import { clashes, rebase, type CameraForm } from '@/features/cameras/cameraForm';
import { useSetupStill } from '@/features/cameras/Overview';
import { formOf, ifMatch, useTakeCamera } from '@/features/cameras/useCameraDetail';
import { kindWords } from '@/shared/incidents';
import { useKey } from '@/shared/keyboard';
import { useRight } from '@/shared/session/session';
import { Button, IconButton, Menu, MenuItem, Segmented, toast, toastError } from '@/shared/ui';

import {
  bodyOf,
  cornersAt,
  withCorners,
  withMask,
  withoutShape,
  withRule,
  withZone,
  type RuleSet,
  type ShapeRef,
} from './draft';
import { faultOf, freeId, type Corners } from './geometry';
import { compareEvents, type ComparedEvent } from './replayDiff';
import { ReplayPanel, type SpanChoice } from './ReplayPanel';
import { RuleCard } from './RuleCard';
import { isRuleReady, newRule, type Behaviour } from './ruleForm';
import { ShapeList } from './ShapeList';
import { Stage, type Tool } from './Stage';
import { zoneTexts } from './texts';
import { useDraft, type Draft } from './useDraft';
import { useReplay } from './useReplay';
import styles from './ZoneEditor.module.css';

function ruleSetOf({ zones, masks, private_masks, rules }: CameraForm): RuleSet {
  return { zones, masks, private_masks, rules };
}

function useBehaviours(): readonly Behaviour[] {
  const schemas = useQuery({
    queryKey: ['behaviours'],
    queryFn: () => answer(api.GET('/api/v1/schemas/behaviours')),
    staleTime: Infinity,
  });
  return schemas.data?.behaviours ?? [];
}

function usePictureSize(address: string | null): { width: number; height: number } {
  const [size, setSize] = useState({ width: 16, height: 9 });
  useEffect(() => {
    if (address === null) return;
    const image = new Image();
    image.onload = () => setSize({ width: image.naturalWidth, height: image.naturalHeight });
    image.src = address;
  }, [address]);
  return size;
}

function isReady(set: RuleSet, behaviours: readonly Behaviour[]): boolean {
  const shapes = [...set.zones.map((zone) => zone.points), ...set.masks, ...set.private_masks];
  const behaviourOf = (name: string): Behaviour | undefined =>
    behaviours.find((behaviour) => behaviour.name === name);
  return (
    shapes.every((corners) => faultOf(corners) === null) &&
    set.rules.every((rule) => isRuleReady(rule, behaviourOf(rule.behaviour), set.zones))
  );
}

interface RulesProps {
  draft: Draft;
  behaviours: readonly Behaviour[];
  chosen: ShapeRef | null;
}

function Rules({ draft, behaviours, chosen }: RulesProps) {
  const t = zoneTexts.useText();
  const [open, setOpen] = useState<number | null>(null);
  const { set, change } = draft;
  const add = (behaviour: Behaviour): void => {
    const zone = chosen?.kind === 'zones' ? set.zones[chosen.index] : undefined;
    change({ ...set, rules: [...set.rules, newRule(set, behaviour, zone)] });
    setOpen(set.rules.length);
  };
  return (
    <section className={styles.rules}>
      <header className={styles.rulesHead}>
        <h2>{t('rules')}</h2>
        <Menu
          trigger={
            <Button icon={<Plus />} disabled={behaviours.length === 0}>
              {t('addRule')}
            </Button>
          }
        >
          {behaviours.map((behaviour) => (
            <MenuItem key={behaviour.name} onSelect={() => add(behaviour)}>
              {kindWords(behaviour.name)}
            </MenuItem>
          ))}
        </Menu>
      </header>
      {set.rules.length === 0 && <p className={styles.quiet}>{t('noRules')}</p>}
      <ul>
        {set.rules.map((rule, index) => (
          <RuleCard
            key={rule.id ?? index}
            rule={rule}
            behaviour={behaviours.find((behaviour) => behaviour.name === rule.behaviour)}
            zones={set.zones}
            isOpen={open === index}
            onOpen={() => setOpen(open === index ? null : index)}
            onChange={(next, step) => change(withRule(set, index, next), step)}
            onRemove={() => {
              setOpen(null);
              change({ ...set, rules: set.rules.filter((_, at) => at !== index) });
            }}
          />
        ))}
      </ul>
    </section>
  );
}

interface Saving {
  theirs: Camera | null;
  isBusy: boolean;
  save: (version: number, set: RuleSet) => Promise<void>;
  takeTheirs: () => void;
  close: () => void;
}

function useSaving(camera: string, mayMask: boolean): Saving {
  const t = zoneTexts.useText();
  const take = useTakeCamera();
  const [theirs, setTheirs] = useState<Camera | null>(null);
  const [isBusy, setBusy] = useState(false);
  const params = { path: { camera } };
  const save = async (version: number, set: RuleSet): Promise<void> => {
    setBusy(true);
    const { private_masks: privateMasks, ...rest } = bodyOf(set);
    const body = mayMask ? { ...rest, private_masks: privateMasks } : rest;
    try {
      take(
        await answer(
          api.PUT('/api/v1/cameras/{camera}/rules', {
            params,
            body,
            headers: ifMatch(version),
          }),
        ),
      );
      setTheirs(null);
      toast(t('saved'));
    } catch (error) {
      if (isConflict(error)) setTheirs(await answer(api.GET('/api/v1/cameras/{camera}', { params })));
      else toastError(t('saveFailed'), error);
    } finally {
      setBusy(false);
    }
  };
  const takeTheirs = (): void => {
    if (theirs) take(theirs);
    setTheirs(null);
  };
  return { theirs, isBusy, save, takeTheirs, close: () => setTheirs(null) };
}

function nextZone(set: RuleSet, corners: Corners, name: (n: number) => string): RuleSet {
  const ids = set.zones.map((zone) => zone.id);
  const id = freeId(corners.length === 2 ? 'line' : 'area', ids);
  return withZone(set, { id, name: name(Number(id.split('-').at(-1))), points: corners });
}

/** Zones, masks and rules of a camera, drawn on its picture, with what they would have raised. */
export default function ZoneEditor({ camera }: { camera: Camera }) {
  const t = zoneTexts.useText();
  const { id } = camera.summary;
  const stored = useMemo(() => ruleSetOf(formOf(camera)), [camera]);
  const draft = useDraft(stored);
  const { set, change, start } = draft;
  useEffect(() => start(stored), [stored, start]);
  const behaviours = useBehaviours();
  const mayMask = useRight('configure_masks');
  const mayReplay = useRight('replay_rules');
  const mayChange = useRight('configure_rules');
  const [tool, setTool] = useState<Tool>('select');
  const [chosen, setChosen] = useState<ShapeRef | null>(null);
  const [span, setSpan] = useState<SpanChoice>('3600');
  const [shown, setShown] = useState<ComparedEvent | null>(null);
  const { still, address } = useSetupStill(id);
  const picture = usePictureSize(address);
  const ready = isReady(set, behaviours);
  const replay = useReplay(id, set, Number(span), ready && mayReplay && behaviours.length > 0);
  const events = useMemo(
    () => (replay.data ? compareEvents(replay.data.before, replay.data.after) : []),
    [replay.data],
  );
  const saving = useSaving(id, mayMask);
  const mayDelete = chosen !== null && (chosen.kind !== 'private_masks' || mayMask);

  const remove = (shape: ShapeRef): void => {
    setChosen(null);
    change(withoutShape(set, shape));
  };
  const drawn = (corners: Corners): void => {
    setTool('select');
    if (tool === 'masks' || tool === 'private_masks') {
      change(withMask(set, tool, [...corners]));
      setChosen({ kind: tool, index: set[tool].length });
      return;
    }
    change(nextZone(set, corners, (n) => t(corners.length === 2 ? 'lineName' : 'areaName', { n })));
    setChosen({ kind: 'zones', index: set.zones.length });
  };
  const save = (): void => {
    if (draft.isChanged && ready) void saving.save(camera.version, set);
  };
  // What was undone may have been the chosen shape.
  const isChosenThere = chosen !== null && cornersAt(set, chosen) !== undefined;
  useEffect(() => {
    if (!isChosenThere) setChosen(null);
  }, [isChosenThere]);
  useKey('zones', 'Mod+Z', draft.undo, t('undo'), { when: draft.canUndo });
  useKey('zones', 'Mod+Shift+Z', draft.redo, t('redo'), { when: draft.canRedo });
  useKey('zones', 'Mod+S', save, t('save'), { inFields: true });
  useKey('zones', 'V', () => setTool('select'), t('tool.select'));
  useKey('zones', 'A', () => setTool('area'), t('tool.area'));
  useKey('zones', 'L', () => setTool('line'), t('tool.line'));
  useKey('zones', 'M', () => setTool('masks'), t('tool.masks'));
  useKey('zones', 'P', () => setTool('private_masks'), t('tool.private_masks'), { when: mayMask });
  useKey('zones', 'Delete', () => chosen && remove(chosen), t('remove'), { when: mayDelete });

  const tools: { value: Tool; label: string; keyName: string }[] = [
    { value: 'select', label: t('tool.select'), keyName: 'V' },
    { value: 'area', label: t('tool.area'), keyName: 'A' },
    { value: 'line', label: t('tool.line'), keyName: 'L' },
    { value: 'masks', label: t('tool.masks'), keyName: 'M' },
    ...(mayMask ? [{ value: 'private_masks' as const, label: t('tool.private_masks'), keyName: 'P' }] : []),
  ];
  const { theirs } = saving;
  const mine = { ...formOf(camera), ...set };
  return (
    <div className={styles.editor}>
      <div className={styles.left}>
        <div className={styles.tools}>
          <Segmented<Tool> label={t('tools')} value={tool} choices={tools} onChange={setTool} />
          <IconButton
            label={t('undo')}
            icon={<Undo2 />}
            keyName="Mod+Z"
            disabled={!draft.canUndo}
            onClick={draft.undo}
          />
          <IconButton
            label={t('redo')}
            icon={<Redo2 />}
            keyName="Mod+Shift+Z"
            disabled={!draft.canRedo}
            onClick={draft.redo}
          />
          <IconButton label={t('newStill')} icon={<RotateCw />} onClick={() => void still.refetch()} />
          <span className={styles.end}>
            {draft.isChanged && <span className={styles.quiet}>{t('unsaved')}</span>}
            {draft.isChanged && (
              <Button look="quiet" onClick={() => change(stored)}>
                {t('reset')}
              </Button>
            )}
            <Button
              look="primary"
              icon={<Save />}
              keyName="Mod+S"
              disabled={!draft.isChanged || !ready || !mayChange}
              isBusy={saving.isBusy}
              onClick={save}
            >
              {t('save')}
            </Button>
          </span>
        </div>
        <div className={styles.stage}>
          <Stage
            set={set}
            tool={tool}
            chosen={chosen}
            still={address}
            picture={picture}
            events={events}
            shownEvent={shown}
            onChoose={setChosen}
            onCorners={(shape, corners, step) => {
              if (shape.kind !== 'private_masks' || mayMask) change(withCorners(set, shape, corners), step);
            }}
            onEndStep={draft.endStep}
            onRemove={remove}
            onDrawn={drawn}
            onCancel={() => setTool('select')}
          />
        </div>
        <p className={styles.hint}>{still.isError ? t('noStill') : t(`hint.${tool}`)}</p>
        {mayReplay ? (
          <ReplayPanel
            replay={replay}
            events={events}
            span={span}
            isReady={ready}
            shown={shown}
            onSpan={setSpan}
            onShow={setShown}
          />
        ) : (
          <p className={styles.quiet}>{t('replay.noRight')}</p>
        )}
      </div>
      <aside className={styles.right}>
        <ShapeList
          set={set}
          chosen={chosen}
          mayMask={mayMask}
          onChoose={setChosen}
          onRemove={remove}
          onRename={(index, name) =>
            change(
              { ...set, zones: set.zones.map((zone, at) => (at === index ? { ...zone, name } : zone)) },
              `name-${index}`,
            )
          }
        />
        <Rules draft={draft} behaviours={behaviours} chosen={chosen} />
      </aside>
      <ConflictDialog
        theirs={theirs}
        clashing={theirs ? clashes(formOf(camera), mine, formOf(theirs)) : []}
        onClose={saving.close}
        onTakeTheirs={saving.takeTheirs}
        onMerge={() =>
          theirs && void saving.save(theirs.version, ruleSetOf(rebase(formOf(camera), mine, formOf(theirs))))
        }
      />
    </div>
  );
}
