// A Result read as a chart reads it: categories along the axis, one series per legend member and measure.
import type { Dimension, Filter, Member, Result, ValueInfo } from '../backend/types';
import { memberFilters } from './filters';

export interface Series {
  /** The same as long as it stands for the same member and measure. */
  id: string;
  name: string;
  value: ValueInfo;
  /** Position of the measure in the result. */
  valueIndex: number;
  /** Position of the legend member, or -1 without a legend. */
  legendIndex: number;
  /** Per category; null is no value, which is not 0. */
  values: (number | null)[];
  parts: (number | null)[];
  filters: Filter[];
}

export interface Plot {
  axis: Dimension | null;
  legend: Dimension | null;
  /** Members of the axis in drawing order, with their position in the dimension. */
  categories: { member: Member; index: number; filters: Filter[] }[];
  series: Series[];
  /** Rows carry parts: the whole is drawn soft and the part solid. */
  highlighted: boolean;
  /** Per category, the total as the program computed it; empty without a legend. */
  totals: { value: number | null; part: number | null }[];
}

/** Reads the first row group as the axis and the first column group as the legend. */
export function readPlot(result: Result): Plot {
  const axis = result.rowGroups > 0 ? (result.dimensions[0] ?? null) : null;
  const legend = result.dimensions[result.rowGroups] ?? null;
  const order = axisOrder(result, axis);
  const at = new Map(order.map((index, position) => [index, position]));
  const categories = order.map((index) => {
    const member = axis?.members[index] ?? { value: null, label: '' };
    return { member, index, filters: axis ? memberFilters(axis, member) : [] };
  });
  const series = makeSeries(result, legend, categories.length);
  const highlighted = result.rows.some((row) => row.parts !== undefined);
  const legendKey = result.rowGroups;
  for (const row of result.rows) {
    const position = axis ? at.get(row.keys[0] ?? -1) : 0;
    if (position === undefined) continue;
    for (const s of series) {
      if (legend && row.keys[legendKey] !== s.legendIndex) continue;
      s.values[position] = row.values[s.valueIndex] ?? null;
      s.parts[position] = row.parts?.[s.valueIndex] ?? null;
    }
  }
  const totals: Plot['totals'] = legend && result.rowTotals ? categories.map(() => ({ value: null, part: null })) : [];
  for (const row of totals.length > 0 ? (result.rowTotals ?? []) : []) {
    const position = at.get(row.keys[0] ?? -1);
    // Only one measure has one total.
    if (position !== undefined && result.values.length === 1) totals[position] = { value: row.values[0] ?? null, part: row.parts?.[0] ?? null };
  }
  return { axis, legend, categories, series, highlighted, totals };
}

function makeSeries(result: Result, legend: Dimension | null, count: number): Series[] {
  const empty = () => Array.from({ length: count }, (): number | null => null);
  const out: Series[] = [];
  result.values.forEach((value, valueIndex) => {
    const base = { value, valueIndex };
    if (!legend) {
      out.push({ ...base, id: `v${valueIndex}`, name: value.name, legendIndex: -1, values: empty(), parts: empty(), filters: [] });
      return;
    }
    legend.members.forEach((member, legendIndex) => {
      const name = result.values.length > 1 ? `${member.label}, ${value.name}` : member.label;
      const id = `v${valueIndex}:${JSON.stringify(member.value)}${member.other ? ':other' : ''}`;
      out.push({ ...base, id, name, legendIndex, values: empty(), parts: empty(), filters: memberFilters(legend, member) });
    });
  });
  return out;
}

// The members stand in drawing order already. Only a sort by value may have ordered the rows otherwise;
// then the rows lead, and members without rows follow.
function axisOrder(result: Result, axis: Dimension | null): number[] {
  if (!axis) return [0];
  const seen: number[] = [];
  const met = new Set<number>();
  for (const row of result.rows) {
    const key = row.keys[0];
    if (key !== undefined && !met.has(key)) {
      met.add(key);
      seen.push(key);
    }
  }
  const all = axis.members.map((_, i) => i);
  const inOrder = seen.every((key, i) => i === 0 || key > (seen[i - 1] ?? -1));
  const order = inOrder ? all : [...seen, ...all.filter((i) => !met.has(i))];
  // "Other" holds what was cut off: always last.
  return [...order.filter((i) => !axis.members[i]?.other), ...order.filter((i) => axis.members[i]?.other)];
}

/** The total over all series of one category; null when there is nothing, or when the parts do not add up. */
export function totalAt(plot: Plot, position: number, which: 'values' | 'parts' = 'values'): number | null {
  const computed = plot.totals[position]?.[which === 'values' ? 'value' : 'part'] ?? null;
  if (computed !== null) return computed;
  const numbers = plot.series.map((s) => s[which][position] ?? null).filter((n): n is number => n !== null);
  if (numbers.length === 0) return null;
  if (plot.series.length > 1 && !plot.series.every((s) => s.value.additive)) return null;
  return numbers.reduce((sum, n) => sum + n, 0);
}

/** A period that is still running, of a measure that counts what happened in it: its mark is drawn soft. */
export function isUnfinished(plot: Plot, position: number): boolean {
  const partial = plot.categories[position]?.member.partial ?? false;
  return partial && plot.series.every((s) => s.value.overTime !== 'asOf');
}

/** True when there is nothing to draw: no category, or no number in any of them. */
export function isEmpty(plot: Plot): boolean {
  return plot.categories.length === 0 || plot.series.every((s) => s.values.every((v) => v === null));
}
