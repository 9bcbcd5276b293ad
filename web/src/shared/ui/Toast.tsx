import { Check, CircleAlert } from 'lucide-react';
import { create } from 'zustand';

import { ApiProblem, detailOf, isKnown, wordsOf } from '@/shared/api/problem';
import { common } from '@/shared/i18n';

import styles from './Toast.module.css';

interface ToastItem {
  id: number;
  text: string;
  isError: boolean;
  action?: { label: string; run: () => void };
}

const shownFor = 5000;
const errorShownFor = 12_000;
const most = 4;
let nextId = 1;

const useToasts = create<{ items: ToastItem[] }>()(() => ({ items: [] }));

function remove(id: number): void {
  useToasts.setState(({ items }) => ({ items: items.filter((item) => item.id !== id) }));
}

function show(item: Omit<ToastItem, 'id'>): void {
  const id = nextId++;
  useToasts.setState(({ items }) => ({ items: [...items.slice(1 - most), { ...item, id }] }));
  setTimeout(() => remove(id), item.isError ? errorShownFor : shownFor);
}

/** Says in passing that something was done; `action` may undo it. */
export function toast(text: string, action?: ToastItem['action']): void {
  show(action ? { text, isError: false, action } : { text, isError: false });
}

/** Says what failed, why, and what to do. */
export function toastError(what: string, error: unknown, action?: ToastItem['action']): void {
  // The dialog that asks for the password says it already.
  if (error instanceof ApiProblem && error.status === 401) return;
  const isAboutInput =
    error instanceof ApiProblem && (error.status === 400 || error.status === 422 || error.errors.length > 0);
  const saysMore = isAboutInput || isKnown(error);
  const text = [what, (saysMore && detailOf(error)) || wordsOf(error)].join(' ');
  show(action ? { text, isError: true, action } : { text, isError: true });
}

export function Toasts() {
  const items = useToasts((store) => store.items);
  const t = common.useText();
  return (
    <div className={styles.list} aria-live="polite">
      {items.map((item) => (
        <div key={item.id} className={styles.toast} role={item.isError ? 'alert' : 'status'}>
          {item.isError ? <CircleAlert aria-hidden="true" /> : <Check aria-hidden="true" />}
          <span>{item.text}</span>
          <button
            type="button"
            onClick={() => {
              item.action?.run();
              remove(item.id);
            }}
          >
            {item.action?.label ?? t('action.close')}
          </button>
        </div>
      ))}
    </div>
  );
}
