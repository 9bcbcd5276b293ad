/** A span of time; milliseconds since 1970, `to` not included. */
export interface TimeSpan {
  from: number;
  to: number;
}

/** Spans in order, without overlaps; those closer than `slack` become one. */
export function joinSpans(spans: readonly TimeSpan[], slack = 0): TimeSpan[] {
  const joined: TimeSpan[] = [];
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    const last = joined.at(-1);
    if (last && span.from <= last.to + slack) last.to = Math.max(last.to, span.to);
    else if (span.to > span.from) joined.push({ ...span });
  }
  return joined;
}

export function cutSpan(spans: readonly TimeSpan[], away: TimeSpan): TimeSpan[] {
  return spans.flatMap((span) =>
    [
      { from: span.from, to: Math.min(span.to, away.from) },
      { from: Math.max(span.from, away.to), to: span.to },
    ].filter((piece) => piece.to > piece.from),
  );
}

export function spanAt(spans: readonly TimeSpan[], moment: number): TimeSpan | null {
  return spans.find((span) => span.from <= moment && moment < span.to) ?? null;
}

/** The start of the next span after a moment outside of all; null when there is none. */
export function nextStart(spans: readonly TimeSpan[], moment: number): number | null {
  const later = spans.filter((span) => span.from > moment).map((span) => span.from);
  return later.length > 0 ? Math.min(...later) : null;
}

export function previousEnd(spans: readonly TimeSpan[], moment: number): number | null {
  const earlier = spans.filter((span) => span.to <= moment).map((span) => span.to);
  return earlier.length > 0 ? Math.max(...earlier) : null;
}

/** What is known to be stored of one camera: answers for blocks of time, the newest answer counts. */
export class SpanBook {
  private known: TimeSpan[] = [];
  private stored: TimeSpan[] = [];

  /** Cameras write in pieces; a break shorter than this between them is none. */
  constructor(private readonly slack = 1500) {}

  learn(block: TimeSpan, spans: readonly TimeSpan[]): void {
    const inside = spans.map((span) => ({
      from: Math.max(span.from, block.from),
      to: Math.min(span.to, block.to),
    }));
    this.known = joinSpans([...this.known, block]);
    this.stored = joinSpans([...cutSpan(this.stored, block), ...inside], this.slack);
  }

  isKnown(moment: number): boolean {
    return spanAt(this.known, moment) !== null;
  }

  spans(): readonly TimeSpan[] {
    return this.stored;
  }

  at(moment: number): TimeSpan | null {
    return spanAt(this.stored, moment);
  }
}
