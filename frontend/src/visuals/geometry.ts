// Rectangles and distances in CSS pixels, measured from the upper left corner of the drawing.

export interface Size {
  width: number;
  height: number;
}

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

export const clamp = (n: number, low: number, high: number) => Math.min(high, Math.max(low, n));

/** A rectangle grown on every side; used for targets that are larger than what is drawn. */
export function grow(r: Rect, by: number): Rect {
  return { x: r.x - by, y: r.y - by, width: r.width + 2 * by, height: r.height + 2 * by };
}

/**
 * Moves labels apart that would stand on each other: keeps their order, at least `gap` between centres,
 * all between `low` and `high` as far as they fit. Returns the new centres in the order given.
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).toSorted((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const placed = order.map((i) => clamp(wanted[i] ?? 0, low, high));
  for (let i = 1; i < placed.length; i++) placed[i] = Math.max(placed[i] ?? 0, (placed[i - 1] ?? 0) + gap);
  // What ran over the end is pushed back, and pushes those before it.
  let limit = high;
  for (let i = placed.length - 1; i >= 0; i--) {
    placed[i] = Math.min(placed[i] ?? 0, limit);
    limit = (placed[i] ?? 0) - gap;
  }
  const out = wanted.map(() => 0);
  order.forEach((at, i) => {
    out[at] = placed[i] ?? 0;
  });
  return out;
}
