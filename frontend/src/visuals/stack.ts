// Where each piece of a bar or column begins and ends, in values. Lying and standing charts share it.
import type { Plot, Series } from './plot';
import { totalAt } from './plot';

/** One drawn piece: a whole, or a segment of a stack. */
export interface Piece {
  category: number;
  /** Position in plot.series. */
  series: number;
  from: number;
  to: number;
  /** The lit part of it, when the plot is highlighted. */
  part: number | null;
  value: number;
}

/** Stacked when a legend splits a measure whose parts add up; else the series stand side by side. */
export function isStacked(plot: Plot): boolean {
  return plot.legend !== null && plot.series.every((s) => s.value.additive) && plot.series.length > 1;
}

/** Every piece, in series order. Null values have none; negative values go the other way from zero. */
export function pieces(plot: Plot): Piece[] {
  const stacked = isStacked(plot);
  const out: Piece[] = [];
  for (let category = 0; category < plot.categories.length; category++) {
    let up = 0;
    let down = 0;
    plot.series.forEach((s: Series, series) => {
      const value = s.values[category] ?? null;
      if (value === null) return;
      const from = stacked ? (value < 0 ? down : up) : 0;
      const to = from + value;
      if (value < 0) down = to;
      else up = to;
      out.push({ category, series, from, to, value, part: s.parts[category] ?? null });
    });
  }
  return out;
}

/** The numbers an axis must hold: the ends of all pieces, and parts that reach beyond their whole. */
export function extent(plot: Plot): number[] {
  return pieces(plot).flatMap((p) => [p.from, p.to, p.part !== null && !isStacked(plot) ? p.part : p.to]);
}

/** The label at the end of a category: the total, or the only series' value; null when parts do not add up. */
export function endValue(plot: Plot, category: number): { whole: number | null; part: number | null } {
  return { whole: totalAt(plot, category), part: totalAt(plot, category, 'parts') };
}
