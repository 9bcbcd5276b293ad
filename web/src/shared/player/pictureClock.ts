/** Which wall clock belongs to a moment of the media timeline: from the pictures that were appended. */
export class PictureClock {
  private readonly marks: { mediaS: number; wallMs: number }[] = [];

  add(mediaS: number, wallMs: number): void {
    this.marks.push({ mediaS, wallMs });
    if (this.marks.length > 600) this.marks.splice(0, 300);
  }

  clear(): void {
    this.marks.length = 0;
  }

  /** The wall clock of the picture shown at this moment; null when nothing is known. */
  wallAt(mediaS: number): number | null {
    let low = 0;
    let high = this.marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.marks[middle]?.mediaS ?? Infinity) <= mediaS + 0.001) low = middle + 1;
      else high = middle;
    }
    const mark = this.marks[Math.max(0, low - 1)];
    return mark === undefined ? null : mark.wallMs + (mediaS - mark.mediaS) * 1000;
  }
}
