import { afterEach, describe, expect, it, vi } from 'vitest';

import { bindKey, combinationOf, conflicts, dispatchKey, pushLayer } from './registry';

const cleanups: (() => void)[] = [];

function bind(scope: string, combination: string, inFields = false) {
  const action = vi.fn();
  cleanups.push(bindKey({ scope, combination, label: combination, action, inFields }));
  return action;
}

function press(
  code: string,
  key: string,
  init: KeyboardEventInit = {},
  target: EventTarget = document.body,
): boolean {
  const event = new KeyboardEvent('keydown', { code, key, bubbles: true, cancelable: true, ...init });
  let isTaken = false;
  const listener = (heard: Event): void => {
    isTaken = dispatchKey(heard as KeyboardEvent);
  };
  window.addEventListener('keydown', listener);
  target.dispatchEvent(event);
  window.removeEventListener('keydown', listener);
  return isTaken;
}

afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
  document.body.innerHTML = '';
});

describe('keys', () => {
  it('work while Hangul is switched on', () => {
    const action = bind('queue', 'A');
    expect(press('KeyA', 'ㅁ')).toBe(true);
    expect(action).toHaveBeenCalledOnce();
  });

  it('are left alone while a syllable is being composed', () => {
    const action = bind('queue', 'A');
    press('KeyA', 'Process', { isComposing: true });
    expect(action).not.toHaveBeenCalled();
  });

  it('are left to text fields, except those that say otherwise', () => {
    const plain = bind('queue', 'A');
    const palette = bind('global', 'Mod+K', true);
    const field = document.body.appendChild(document.createElement('input'));
    press('KeyA', 'a', {}, field);
    press('KeyK', 'k', { ctrlKey: true }, field);
    expect(plain).not.toHaveBeenCalled();
    expect(palette).toHaveBeenCalledOnce();
  });

  it('go only to an open dialog', () => {
    const page = bind('queue', 'F');
    const dialog = bind('reasons', '1');
    cleanups.push(pushLayer('reasons'));
    press('KeyF', 'f');
    press('Digit1', '1');
    expect(page).not.toHaveBeenCalled();
    expect(dialog).toHaveBeenCalledOnce();
  });

  it('do not fire again while held', () => {
    const action = bind('queue', 'A');
    press('KeyA', 'a', { repeat: true });
    expect(action).not.toHaveBeenCalled();
  });

  it('leave Enter and Space to a focused button', () => {
    const action = bind('queue', 'Space');
    const button = document.body.appendChild(document.createElement('button'));
    press('Space', ' ', {}, button);
    expect(action).not.toHaveBeenCalled();
  });

  it('are named with their modifiers', () => {
    expect(combinationOf(new KeyboardEvent('keydown', { code: 'KeyJ', key: 'J', shiftKey: true }))).toBe(
      'Shift+J',
    );
    expect(combinationOf(new KeyboardEvent('keydown', { code: 'Slash', key: '?', shiftKey: true }))).toBe(
      '?',
    );
    expect(combinationOf(new KeyboardEvent('keydown', { code: 'Numpad3', key: '3' }))).toBe('3');
  });

  it('tell when two actions want the same one', () => {
    bind('queue', 'X');
    bind('queue', 'X');
    bind('wall', 'X');
    expect(conflicts()).toHaveLength(1);
  });
});
