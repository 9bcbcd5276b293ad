import styles from './KeyCap.module.css';

const shown: Record<string, string> = {
  Mod: navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl',
  Shift: '⇧',
  Enter: '↵',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** A key as it is printed on the keyboard. */
export function KeyCap({ name }: { name: string }) {
  const words = name.split('+').map((part) => shown[part] ?? part);
  return (
    <kbd className={styles.cap} aria-hidden="true">
      {words.join(' ')}
    </kbd>
  );
}
