import { useCallback, useRef, useState } from 'react';

import { advance, redo, startTrail, undo, type RuleSet } from './draft';

export interface Draft {
  set: RuleSet;
  isChanged: boolean;
  canUndo: boolean;
  canRedo: boolean;
  /** Changes with the same `step` in a row (a drag, typing in one field) are undone together. */
  change: (next: RuleSet, step?: string) => void;
  endStep: () => void;
  undo: () => void;
  redo: () => void;
  start: (set: RuleSet) => void;
}

/** Zones and rules while they are being changed, with everything that was before. */
export function useDraft(stored: RuleSet): Draft {
  const [trail, setTrail] = useState(() => startTrail(stored));
  const lastStep = useRef<string | null>(null);
  const change = useCallback((next: RuleSet, step?: string) => {
    const isSameStep = step !== undefined && step === lastStep.current;
    lastStep.current = step ?? null;
    setTrail((before) => advance(before, next, isSameStep));
  }, []);
  const endStep = useCallback(() => {
    lastStep.current = null;
  }, []);
  return {
    set: trail.present,
    isChanged: JSON.stringify(trail.present) !== JSON.stringify(stored),
    canUndo: trail.past.length > 0,
    canRedo: trail.future.length > 0,
    change,
    endStep,
    undo: useCallback(() => {
      lastStep.current = null;
      setTrail(undo);
    }, []),
    redo: useCallback(() => {
      lastStep.current = null;
      setTrail(redo);
    }, []),
    start: useCallback((set: RuleSet) => {
      lastStep.current = null;
      setTrail(startTrail(set));
    }, []),
  };
}
