/**
 * Every key of the console is registered here, so that `?` can list them and two actions never share one.
 * A combination is written as "A", "Shift+A", "Mod+K" (Ctrl, on a Mac Command), "Space", "1", "?", "ArrowDown".
 * Letters and digits are matched by their place on the keyboard, so that they work while Hangul is switched on.
 */
export interface KeyBinding {
  readonly scope: string;
  readonly combination: string;
  readonly label: string;
  readonly action: () => void;
  /** Works while the cursor is in a text field, too. */
  readonly inFields?: boolean;
  readonly hidden?: boolean;
}

const bindings = new Set<KeyBinding>();
/** The innermost open layer (a dialog) alone gets keys; without one, all scopes do. */
const layers: string[] = [];

export function bindKey(binding: KeyBinding): () => void {
  bindings.add(binding);
  return () => bindings.delete(binding);
}

export function pushLayer(scope: string): () => void {
  layers.push(scope);
  return () => {
    const index = layers.lastIndexOf(scope);
    if (index >= 0) layers.splice(index, 1);
  };
}

export function listedKeys(): KeyBinding[] {
  return [...bindings].filter((binding) => !binding.hidden);
}

/** Two bindings of one scope, or of a page and the whole console, that would fight for a key. */
export function conflicts(): [KeyBinding, KeyBinding][] {
  const all = [...bindings];
  return all.flatMap((one, index) =>
    all
      .slice(index + 1)
      .filter(
        (other) =>
          one.combination === other.combination &&
          (one.scope === other.scope || one.scope === 'global' || other.scope === 'global'),
      )
      .map((other): [KeyBinding, KeyBinding] => [one, other]),
  );
}

function nameOfKey(event: KeyboardEvent): string {
  const place = /^(?:Key([A-Z])|(?:Digit|Numpad)(\d))$/.exec(event.code);
  if (event.key === '?') return '?';
  if (place) return place[1] ?? place[2] ?? '';
  return event.code === 'Space' ? 'Space' : event.key;
}

export function combinationOf(event: KeyboardEvent): string {
  const name = nameOfKey(event);
  const parts = [
    event.ctrlKey || event.metaKey ? 'Mod' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey && name !== '?' ? 'Shift' : '',
    name,
  ];
  return parts.filter(Boolean).join('+');
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'range'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Keys that a focused control answers itself: Enter and Space press it, arrows move in lists. */
function belongsToControl(event: KeyboardEvent): boolean {
  if (!(event.target instanceof Element)) return false;
  const control = event.target.closest(
    'button, a, input, [role="menuitem"], [role="option"], [role="tab"], [role="radio"]',
  );
  return (
    control !== null && (event.key === 'Enter' || event.code === 'Space' || event.key.startsWith('Arrow'))
  );
}

export function dispatchKey(event: KeyboardEvent): boolean {
  if (event.isComposing || event.defaultPrevented) return false;
  const combination = combinationOf(event);
  const layer = layers.at(-1);
  const inField = isField(event.target);
  const found = [...bindings]
    .reverse()
    .find(
      (binding) =>
        binding.combination === combination &&
        (layer === undefined || binding.scope === layer) &&
        (!inField || binding.inFields === true),
    );
  if (!found || (!inField && belongsToControl(event) && found.inFields !== true)) return false;
  event.preventDefault();
  if (!event.repeat || combination.startsWith('Arrow') || combination === 'J' || combination === 'K')
    found.action();
  return true;
}

export function listenToKeys(): () => void {
  const listener = (event: KeyboardEvent): void => void dispatchKey(event);
  window.addEventListener('keydown', listener);
  return () => window.removeEventListener('keydown', listener);
}
