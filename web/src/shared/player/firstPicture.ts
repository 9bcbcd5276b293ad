/** Marks the first picture of the page, and measures that of each tile, for tests and load figures. */
export function markFirstPicture(camera: string, startedAt: number): void {
  if (performance.getEntriesByName('first-picture', 'mark').length === 0) performance.mark('first-picture');
  performance.measure(`first-picture:${camera}`, { start: startedAt, end: performance.now() });
}
