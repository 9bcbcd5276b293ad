type ErrorKind = 'unreachable' | 'refused' | 'timeout' | 'unauthorised' | 'notFound' | 'ended' | 'name';

const signs: readonly [RegExp, ErrorKind][] = [
  [/\b401\b|unauthori[sz]ed|wrong password|credentials/i, 'unauthorised'],
  [/\b404\b|stream not found|no such stream/i, 'notFound'],
  [/refused/i, 'refused'],
  [/resolve|unknown host|name or service/i, 'name'],
  [/timed? ?out|deadline|no answer|did not answer/i, 'timeout'],
  [/unreachable|no route|network is down/i, 'unreachable'],
  [/end of file|closed|reset by peer|ended/i, 'ended'],
];

/** What an error of a stream means for the person who must mend it; null when it is not one of the usual ones. */
export function errorKind(error: string): ErrorKind | null {
  return signs.find(([sign]) => sign.test(error))?.[1] ?? null;
}
