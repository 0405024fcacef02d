// Records count code points; the browser counts UTF-16 units. Outside the basic plane (emoji, some names) they differ.

export class Offsets {
  /** Units before each code point; null where the text has none outside the basic plane. */
  private readonly units: Uint32Array | null;
  readonly length: number;

  constructor(text: string) {
    if (!/[\ud800-\udbff]/.test(text)) {
      this.units = null;
      this.length = text.length;
      return;
    }
    const points = Array.from(text);
    this.units = new Uint32Array(points.length + 1);
    points.forEach((point, n) => { this.units![n + 1] = this.units![n]! + point.length; });
    this.length = points.length;
  }

  /** Units before a code point. */
  toUnits(point: number): number {
    const at = Math.max(0, Math.min(point, this.length));
    return this.units ? this.units[at]! : at;
  }

  /** Code points before a unit; within a pair, before the pair. */
  toPoints(unit: number): number {
    if (!this.units) return Math.max(0, Math.min(unit, this.length));
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.units[middle]! <= unit) low = middle; else high = middle - 1;
    }
    return low;
  }
}
