// A small line with its own scale: its path, the area under it, the dot at its end, its change.
import type { Result } from '../backend/types';
import type { Point, Size } from './geometry';

export interface SparkPath {
  line: string;
  area: string;
  end: Point | null;
}

/** The values of a spark's only measure along its axis. */
export function sparkValues(spark: Result): (number | null)[] {
  const members = spark.dimensions[0]?.members.length ?? 0;
  const out = Array.from({ length: members }, (): number | null => null);
  for (const row of spark.rows) {
    const at = row.keys[0];
    if (at !== undefined) out[at] = row.values[0] ?? null;
  }
  return out;
}

/** The last value minus the first one; null with fewer than two values. */
export function sparkChange(values: readonly (number | null)[]): number | null {
  const present = values.filter((v): v is number => v !== null);
  const first = present[0];
  const last = present[present.length - 1];
  return present.length < 2 || first === undefined || last === undefined ? null : last - first;
}

const n = (v: number) => v.toFixed(1);

/** Null is a gap. A line that never changes runs through the middle. */
export function sparkPath(values: readonly (number | null)[], size: Size): SparkPath {
  const inset = { left: 1, right: 5, top: 5, bottom: 3 };
  const width = size.width - inset.left - inset.right;
  const height = size.height - inset.top - inset.bottom;
  const present = values.filter((v): v is number => v !== null);
  const low = Math.min(...present);
  const high = Math.max(...present);
  // A little air below, so that the lowest day does not lie on the edge.
  const floor = low - (high - low) * 0.25;
  const at = (v: number, i: number): Point => ({
    x: inset.left + (values.length > 1 ? (i / (values.length - 1)) * width : width),
    y: high === low ? inset.top + height / 2 : inset.top + (1 - (v - floor) / (high - floor)) * height,
  });
  let line = '';
  let area = '';
  let run: Point[] = [];
  let end: Point | null = null;
  const close = () => {
    if (run.length > 0) {
      const steps = run.map((p, i) => `${i === 0 ? 'M' : 'L'}${n(p.x)} ${n(p.y)}`).join('');
      line += steps;
      const first = run[0] as Point;
      const last = run[run.length - 1] as Point;
      if (run.length > 1) area += `${steps}L${n(last.x)} ${n(size.height)}L${n(first.x)} ${n(size.height)}Z`;
    }
    run = [];
  };
  values.forEach((v, i) => {
    if (v === null) return close();
    end = at(v, i);
    run.push(end);
  });
  close();
  return { line, area, end };
}
