const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** "73.8 GB", in powers of 1000 as disks are sold. */
export function bytesWords(bytes: number): string {
  const power = bytes > 0 ? Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3)) : 0;
  const value = bytes / 1000 ** power;
  return `${value >= 100 || power === 0 ? Math.round(value) : value.toFixed(1)} ${units[power] ?? 'B'}`;
}
