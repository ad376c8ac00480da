// Where each piece of a bar or column begins and ends, in values. Lying and standing charts share it.
import type { Plot, Series } from './plot';
import { totalAt } from './plot';

/** One drawn piece: a whole, or a segment of a stack. */
export interface Piece {
  category: number;
  /** Position in plot.series. */
  series: number;
  /** Where it is drawn: in values, of a percent layout in shares of its category. */
  from: number;
  to: number;
  /** The lit part of it, when the plot is highlighted. */
  part: number | null;
  value: number;
}

/** Stacked when a legend splits a measure whose parts add up, or when measures are asked to be; never side by side. */
export function isStacked(plot: Plot): boolean {
  const meant = plot.layout === '' ? plot.legend !== null : plot.layout !== 'clustered';
  return meant && plot.series.every((s) => s.value.additive) && plot.series.length > 1;
}

/** Every bar is as long as the whole: shares are drawn, values are told. */
export function isPercent(plot: Plot): boolean {
  return plot.layout === 'percent' && isStacked(plot);
}

/** The values of a second time stand beside as hollow bars, one of each category. */
export function besideIt(plot: Plot): boolean {
  return plot.compared && !plot.highlighted && !isPercent(plot) && (plot.series.length === 1 || isStacked(plot));
}

/** How many bars stand side by side in one category. */
export function abreast(plot: Plot): number {
  return (isStacked(plot) ? 1 : Math.max(1, plot.series.length)) + (besideIt(plot) ? 1 : 0);
}

/** What a value of this category is drawn as: itself, or its share of all of them. */
export function scaleOf(plot: Plot, category: number): number {
  if (!isPercent(plot)) return 1;
  const all = plot.series.reduce((sum, s) => sum + Math.abs(s.values[category] ?? 0), 0);
  return all > 0 ? 1 / all : 0;
}

/** Every piece, in series order. Null values have none; negative values go the other way from zero. */
export function pieces(plot: Plot): Piece[] {
  const stacked = isStacked(plot);
  const out: Piece[] = [];
  for (let category = 0; category < plot.categories.length; category++) {
    const scale = scaleOf(plot, category);
    let up = 0;
    let down = 0;
    plot.series.forEach((s: Series, series) => {
      const value = s.values[category] ?? null;
      if (value === null) return;
      const from = stacked ? (value < 0 ? down : up) : 0;
      const to = from + value * scale;
      if (value < 0) down = to;
      else up = to;
      out.push({ category, series, from, to, value, part: s.parts[category] ?? null });
    });
  }
  return out;
}

/** The numbers an axis must hold: the ends of all pieces, parts that reach beyond their whole, hollow bars beside. */
export function extent(plot: Plot): number[] {
  const beside = besideIt(plot) ? plot.categories.flatMap((_, i) => totalAt(plot, i, 'compared') ?? []) : [];
  return [...pieces(plot).flatMap((p) => [p.from, p.to, p.part !== null && !isStacked(plot) ? p.part : p.to]), ...beside];
}

/** The label at the end of a category: the total, or the only series' value; null when parts do not add up. */
export function endValue(plot: Plot, category: number): { whole: number | null; part: number | null } {
  if (!isStacked(plot) && plot.series.length > 1) return { whole: null, part: null };
  return { whole: totalAt(plot, category), part: totalAt(plot, category, 'parts') };
}
