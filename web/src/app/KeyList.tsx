import { create } from 'zustand';

import { listedKeys, useKey, type KeyBinding } from '@/shared/keyboard';
import { Dialog, KeyCap } from '@/shared/ui';

import styles from './KeyList.module.css';
import { appTexts } from './texts';

const useKeyList = create<{ keys: KeyBinding[] | null }>()(() => ({ keys: null }));

export function openKeyList(): void {
  useKeyList.setState({ keys: listedKeys() });
}

function group(keys: readonly KeyBinding[]): [string, KeyBinding[]][] {
  const groups = new Map<string, KeyBinding[]>();
  for (const key of keys) groups.set(key.scope, [...(groups.get(key.scope) ?? []), key]);
  return [...groups].sort(([one], [other]) => Number(one === 'global') - Number(other === 'global'));
}

/** The list of all keys that work now, made from the registry. */
export function KeyList() {
  const t = appTexts.useText();
  const keys = useKeyList((store) => store.keys);
  useKey('global', '?', openKeyList, t('keys.show'));
  return (
    <Dialog
      isOpen={keys !== null}
      onClose={() => useKeyList.setState({ keys: null })}
      title={t('keys.title')}
      width={46}
    >
      <div className={styles.columns}>
        {group(keys ?? []).map(([scope, list]) => {
          const name = `keys.${scope}`;
          return (
            <section key={scope} className={styles.group}>
              <h3 className={styles.title}>{appTexts.has(name) ? t(name) : t('keys.other')}</h3>
              <ul>
                {list.map((key) => (
                  <li key={key.combination} className={styles.row}>
                    {key.label}
                    <span>
                      <span className="visually-hidden">{key.combination}</span>
                      <KeyCap name={key.combination} />
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
