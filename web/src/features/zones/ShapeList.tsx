import { Trash2 } from 'lucide-react';

import { classes, IconButton, Input } from '@/shared/ui';

import { cornersAt, isSameShape, type RuleSet, type ShapeKind, type ShapeRef } from './draft';
import { faultOf } from './geometry';
import styles from './ShapeList.module.css';
import { zoneTexts } from './texts';

interface ShapeListProps {
  set: RuleSet;
  chosen: ShapeRef | null;
  onChoose: (shape: ShapeRef | null) => void;
  onRename: (index: number, name: string) => void;
  onRemove: (shape: ShapeRef) => void;
  mayMask: boolean;
}

export function useShapeName(set: RuleSet): (shape: ShapeRef) => string {
  const t = zoneTexts.useText();
  return ({ kind, index }) => {
    if (kind === 'masks') return t('maskName', { n: index + 1 });
    if (kind === 'private_masks') return t('privateName', { n: index + 1 });
    const zone = set.zones[index];
    return zone?.name ?? zone?.id ?? '';
  };
}

/** Every shape by name: the way to them without a mouse. */
export function ShapeList({ set, chosen, onChoose, onRename, onRemove, mayMask }: ShapeListProps) {
  const t = zoneTexts.useText();
  const nameOf = useShapeName(set);
  const item = (shape: ShapeRef) => {
    const isChosen = isSameShape(chosen, shape);
    const corners = cornersAt(set, shape) ?? [];
    const fault = faultOf(corners);
    const mayChange = shape.kind !== 'private_masks' || mayMask;
    return (
      <li key={`${shape.kind}-${shape.index}`} className={classes(styles.item, isChosen && styles.chosen)}>
        {isChosen && shape.kind === 'zones' ? (
          <Input
            label={t('name')}
            isLabelHidden
            value={nameOf(shape)}
            onChange={(event) => onRename(shape.index, event.target.value)}
          />
        ) : (
          <button type="button" className={styles.name} onClick={() => onChoose(shape)}>
            {nameOf(shape)}
          </button>
        )}
        {mayChange && (
          <IconButton label={t('remove')} icon={<Trash2 />} side="left" onClick={() => onRemove(shape)} />
        )}
        {fault !== null && (
          <p className={styles.fault} role="alert">
            {t(`fault.${fault}`)}
          </p>
        )}
      </li>
    );
  };
  const all = (kind: ShapeKind): ShapeRef[] => set[kind].map((_, index) => ({ kind, index }));
  const masks = [...all('masks'), ...all('private_masks')];
  return (
    <>
      <h2 className={styles.title}>{t('shapes')}</h2>
      {set.zones.length === 0 ? (
        <p className={styles.quiet}>{t('noShapes')}</p>
      ) : (
        <ul>{all('zones').map(item)}</ul>
      )}
      {masks.length > 0 && (
        <>
          <h2 className={styles.title}>{t('masksTitle')}</h2>
          <ul>{masks.map(item)}</ul>
        </>
      )}
    </>
  );
}
