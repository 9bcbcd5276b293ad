import { common } from '@/shared/i18n';

/** The kind of a behaviour in words; its own name when there are none. */
export function kindWords(kind: string): string {
  const key = `kind.${kind}`;
  return common.has(key) ? common.t(key) : kind.replaceAll('_', ' ');
}

export function stateWords(state: string): string {
  const key = `state.${state}`;
  return common.has(key) ? common.t(key) : state;
}

/** "key=value" remarks of a behaviour, such as count=7 or direction=a_to_b. */
export function remarks(detail: string): ReadonlyMap<string, string> {
  const pairs = detail.split(/[\s,;]+/).map((part) => part.split('=', 2));
  return new Map(pairs.filter((pair): pair is [string, string] => pair.length === 2));
}
