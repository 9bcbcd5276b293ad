export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

interface Merged {
  value: unknown;
  /** Both sides changed it, in different ways; the value is then one's own. */
  isClash: boolean;
}

function merged(base: unknown, mine: unknown, theirs: unknown): Merged {
  const isOwn = !isSame(base, mine);
  return { value: isOwn ? mine : theirs, isClash: isOwn && !isSame(base, theirs) && !isSame(mine, theirs) };
}

/** Zones and rules are known by their id, everything else by what it is. */
function nameOf(item: unknown): string {
  const isNamed = typeof item === 'object' && item !== null && 'id' in item;
  return isNamed ? `id:${String(item.id)}` : JSON.stringify(item);
}

function byName(list: readonly unknown[]): ReadonlyMap<string, unknown> {
  return new Map(list.map((item) => [nameOf(item), item]));
}

function mergedList(base: readonly unknown[], mine: readonly unknown[], theirs: readonly unknown[]): Merged {
  const [before, own, other] = [byName(base), byName(mine), byName(theirs)];
  const parts = [...new Set([...other.keys(), ...own.keys()])].map((name) =>
    merged(before.get(name), own.get(name), other.get(name)),
  );
  return {
    value: parts.map((part) => part.value).filter((item) => item !== undefined),
    isClash: parts.some((part) => part.isClash),
  };
}

/** What remains when two people changed the same thing: lists are merged item by item. */
export function mergedValue(base: unknown, mine: unknown, theirs: unknown): Merged {
  if (Array.isArray(base) && Array.isArray(mine) && Array.isArray(theirs))
    return mergedList(base as unknown[], mine as unknown[], theirs as unknown[]);
  return merged(base, mine, theirs);
}
