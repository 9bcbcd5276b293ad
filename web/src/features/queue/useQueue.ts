import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import { useIncidents } from '@/shared/incidents';

import { arrivals, emptyOrder, sameOrder, settledOrder, type QueueOrder } from './queueOrder';

/** How long the hands must have been off the list before it may move. */
const calmAfterMs = 2500;

export interface Queue {
  order: QueueOrder;
  arrived: number;
  /** Brings in what is new, now. */
  settle: () => void;
  /** The pointer or a key is at work on the list: it stays as it is. */
  touch: () => void;
  setHovered: (isHovered: boolean) => void;
}

/**
 * The order that is shown. It moves only when nobody is about to click: after a pause, or when asked. What is shown and
 * changes meanwhile stays in its place.
 */
export function useQueue(): Queue {
  const incidents = useIncidents((store) => store.incidents);
  const ought = useMemo(() => settledOrder(incidents.values()), [incidents]);
  const [order, setOrder] = useState<QueueOrder>(emptyOrder);
  const latest = useRef(ought);
  const touched = useRef(0);
  const isHovered = useRef(false);
  latest.current = ought;

  const settle = useCallback(() => {
    const { current } = latest;
    setOrder((before) => (sameOrder(before, current) ? before : current));
  }, []);

  useEffect(() => {
    if (sameOrder(order, ought)) return undefined;
    const isEmpty = order.fresh.length + order.handled.length === 0;
    const settleWhenCalm = (): void => {
      const isCalm = !isHovered.current && performance.now() - touched.current >= calmAfterMs;
      if (isCalm || isEmpty) settle();
    };
    settleWhenCalm();
    const timer = setInterval(settleWhenCalm, 500);
    return () => clearInterval(timer);
  }, [order, ought, settle]);

  const touch = useCallback(() => {
    touched.current = performance.now();
  }, []);
  const setHovered = useCallback((hovered: boolean) => {
    isHovered.current = hovered;
  }, []);
  return { order, arrived: arrivals(order, ought), settle, touch, setHovered };
}
