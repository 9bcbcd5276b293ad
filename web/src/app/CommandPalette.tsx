import * as Radix from '@radix-ui/react-dialog';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Cctv, Siren } from 'lucide-react';
import { useDeferredValue, useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useNavigate } from 'react-router-dom';
import { create } from 'zustand';

import { answer, api, type Schemas } from '@/shared/api';
import { common } from '@/shared/i18n';
import { useKey, useKeyLayer } from '@/shared/keyboard';

import styles from './CommandPalette.module.css';
import type { PageEntry } from './pages';
import { appTexts } from './texts';

const usePalette = create<{ isOpen: boolean }>()(() => ({ isOpen: false }));

export function openPalette(): void {
  usePalette.setState({ isOpen: true });
}

interface Hit {
  key: string;
  icon: ReactNode;
  name: string;
  detail: string;
  path: string;
}

function toHit(hit: Schemas['SearchHit']): Hit {
  const isCamera = hit.kind === 'camera';
  return {
    key: `${hit.kind}:${hit.id}`,
    icon: isCamera ? <Cctv /> : <Siren />,
    name: hit.name,
    detail: hit.detail,
    path: isCamera
      ? `/cameras/${encodeURIComponent(hit.id)}`
      : `/control?incident=${encodeURIComponent(hit.id)}`,
  };
}

function useHits(text: string, pages: readonly PageEntry[]): { hits: Hit[]; isSearching: boolean } {
  const words = common.useText();
  const t = appTexts.useText();
  const q = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ['search', q],
    queryFn: () => answer(api.GET('/api/v1/search', { params: { query: { q } } })),
    enabled: q.length > 0,
    placeholderData: keepPreviousData,
  });
  const lower = q.toLowerCase();
  const pageHits = pages
    .map((page): Hit => {
      const Icon = page.icon;
      return {
        key: page.id,
        icon: <Icon />,
        name: words(`pages.${page.id}`),
        detail: t('searchPages'),
        path: `/${page.path}`,
      };
    })
    .filter((hit) => hit.name.toLowerCase().includes(lower));
  const hits = q === '' ? pageHits : [...pageHits, ...(found.data?.hits ?? []).map(toHit)];
  return { hits, isSearching: q !== '' && found.isFetching };
}

function PaletteBody({ pages }: { pages: readonly PageEntry[] }) {
  const t = appTexts.useText();
  const navigate = useNavigate();
  const listId = useId();
  const [text, setText] = useState('');
  const [index, setIndex] = useState(0);
  const { hits, isSearching } = useHits(text, pages);
  const selected = Math.min(index, hits.length - 1);

  const open = (hit: Hit | undefined): void => {
    if (!hit) return;
    usePalette.setState({ isOpen: false });
    navigate(hit.path);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') open(hits[selected]);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setIndex((selected + step + hits.length) % Math.max(1, hits.length));
  };

  return (
    <>
      <input
        className={styles.input}
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={hits[selected] ? `${listId}-${selected}` : undefined}
        aria-label={t('search')}
        placeholder={t('searchHint')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setIndex(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label={t('search')} className={styles.list}>
        {hits.map((hit, place) => (
          // The keys of the list belong to the input above, which keeps the focus.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={hit.key}
            id={`${listId}-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === selected}
            className={styles.item}
            onPointerMove={() => setIndex(place)}
            onClick={() => open(hit)}
          >
            {hit.icon}
            {hit.name}
            <span className={styles.detail}>{hit.detail}</span>
          </div>
        ))}
      </div>
      {hits.length === 0 && !isSearching && <p className={styles.nothing}>{t('searchNothing', { text })}</p>}
    </>
  );
}

/** Ctrl+K: cameras, incidents and pages by a part of their name. */
export function CommandPalette({ pages }: { pages: readonly PageEntry[] }) {
  const t = appTexts.useText();
  const isOpen = usePalette((store) => store.isOpen);
  useKey('global', 'Mod+K', openPalette, t('search'), { inFields: true });
  useKeyLayer('palette', isOpen);
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => usePalette.setState({ isOpen: open })}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} />
        <Radix.Content className={styles.palette} aria-describedby={undefined}>
          <Radix.Title className="visually-hidden">{t('search')}</Radix.Title>
          <PaletteBody pages={pages} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
