import { useEffect, useRef } from 'react';

import { bindKey, pushLayer } from './registry';

interface Options {
  /** The key does nothing, and is not listed, while false. */
  when?: boolean;
  inFields?: boolean;
  hidden?: boolean;
}

/** Gives a key an action while the component is shown. The label is what the list of keys says. */
export function useKey(
  scope: string,
  combination: string,
  action: () => void,
  label: string,
  options: Options = {},
): void {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  const { when = true, inFields = false, hidden = false } = options;
  useEffect(() => {
    if (!when) return undefined;
    return bindKey({ scope, combination, label, inFields, hidden, action: () => latest.current() });
  }, [scope, combination, label, when, inFields, hidden]);
}

/** While active, only keys of this scope work: for dialogs. */
export function useKeyLayer(scope: string, isActive = true): void {
  useEffect(() => (isActive ? pushLayer(scope) : undefined), [scope, isActive]);
}
