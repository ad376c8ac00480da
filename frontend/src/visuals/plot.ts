// A Result read as a chart reads it: categories along the axis, one series per legend member and measure.
import type { Dimension, Filter, Member, Result, Row, ValueInfo } from '../backend/types';
import { dayOf } from '../format/dates';
import { memberFilters } from './filters';
import { isTimeAxis } from './timeLabels';

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
  /** The same at the second time. */
  compared: (number | null)[];
  filters: Filter[];
}

export interface Category {
  /** The same as long as it stands for the same members. */
  key: string;
  member: Member;
  /** Position of the member in its dimension. */
  index: number;
  filters: Filter[];
  /** The members of the wider levels that it stands in, the widest first; empty without a hierarchy. */
  outer: Member[];
}

export interface Plot {
  /** The innermost row group, whose members stand along the axis. */
  axis: Dimension | null;
  /** The row groups around it, the widest first. */
  levels: Dimension[];
  legend: Dimension | null;
  /** What stands along the axis, in drawing order. */
  categories: Category[];
  series: Series[];
  /** Rows carry parts: the whole is drawn soft and the part solid. */
  highlighted: boolean;
  /** Rows carry the values of a second time, which stand beside; never along time, where they go on after the as-of day. */
  compared: boolean;
  /** Along time: position of the as-of day or period when later ones follow it, else -1. */
  asOfAt: number;
  /** Per category, the total as the program computed it; empty without a legend. */
  totals: { value: number | null; part: number | null; compared: number | null }[];
  /** How the members of a legend share a bar; several measures do so only when it is asked for. */
  layout: Layout | '';
}

export type Layout = 'stacked' | 'clustered' | 'percent';

/** Reads the row groups as the axis and its levels, the first column group as the legend. */
export function readPlot(result: Result, layout: Layout | '' = ''): Plot {
  const groups = result.dimensions.slice(0, result.rowGroups);
  const axis = groups[groups.length - 1] ?? null;
  const levels = groups.slice(0, -1);
  const legend = result.dimensions[result.rowGroups] ?? null;
  const keyOf = (row: Row) => row.keys.slice(0, result.rowGroups).join(' ');
  const categories = levels.length > 0 ? nested(result, groups) : flat(result, axis);
  const at = new Map(categories.map((c, position) => [c.place, position]));
  const series = makeSeries(result, legend, categories.length);
  const bySeries = new Map(series.map((s) => [`${s.legendIndex} ${s.valueIndex}`, s]));
  for (const row of result.rows) {
    const position = axis ? at.get(keyOf(row)) : 0;
    if (position === undefined) continue;
    const member = legend ? (row.keys[result.rowGroups] ?? -1) : -1;
    for (let v = 0; v < result.values.length; v++) {
      const s = bySeries.get(`${member} ${v}`);
      if (!s) continue;
      s.values[position] = row.values[v] ?? null;
      s.parts[position] = row.parts?.[v] ?? null;
      s.compared[position] = row.compared?.[v] ?? null;
    }
  }
  const totals: Plot['totals'] = legend && result.rowTotals ? categories.map(() => ({ value: null, part: null, compared: null })) : [];
  for (const row of totals.length > 0 ? (result.rowTotals ?? []) : []) {
    const position = at.get(keyOf(row));
    // Only one measure has one total.
    if (position !== undefined && result.values.length === 1) {
      totals[position] = { value: row.values[0] ?? null, part: row.parts?.[0] ?? null, compared: row.compared?.[0] ?? null };
    }
  }
  const plot: Plot = {
    axis,
    levels,
    legend,
    categories,
    series,
    highlighted: result.rows.some((row) => row.parts !== undefined),
    compared: result.rows.some((row) => row.compared !== undefined),
    asOfAt: -1,
    totals,
    layout,
  };
  return plot.compared && isTimeAxis(axis) && levels.length === 0 ? alongTime(plot, result) : plot;
}

function makeSeries(result: Result, legend: Dimension | null, count: number): Series[] {
  const empty = () => Array.from({ length: count }, (): number | null => null);
  const out: Series[] = [];
  result.values.forEach((value, valueIndex) => {
    const base = { value, valueIndex };
    if (!legend) {
      out.push({ ...base, id: `v${valueIndex}`, name: value.name, legendIndex: -1, values: empty(), parts: empty(), compared: empty(), filters: [] });
      return;
    }
    legend.members.forEach((member, legendIndex) => {
      const name = result.values.length > 1 ? `${member.label}, ${value.name}` : member.label;
      const id = `v${valueIndex}:${JSON.stringify(member.value)}${member.other ? ':other' : ''}`;
      out.push({ ...base, id, name, legendIndex, values: empty(), parts: empty(), compared: empty(), filters: memberFilters(legend, member) });
    });
  });
  return out;
}

type Placed = Category & { place: string };

function flat(result: Result, axis: Dimension | null): Placed[] {
  return memberOrder(result.rows, 0, axis).map((index) => {
    const member = axis?.members[index] ?? { value: null, label: '' };
    return { key: keyOfMember(member), place: String(index), member, index, filters: axis ? memberFilters(axis, member) : [], outer: [] };
  });
}

/** Only the combinations that have rows; the members of one wider level stand together. */
function nested(result: Result, groups: readonly Dimension[]): Placed[] {
  const walk = (rows: readonly Row[], depth: number, before: { members: Member[]; filters: Filter[]; place: string }): Placed[] => {
    const group = groups[depth];
    if (!group) return [];
    const own = new Map<number, Row[]>();
    for (const row of rows) {
      const key = row.keys[depth] ?? -1;
      const known = own.get(key);
      if (known) known.push(row);
      else own.set(key, [row]);
    }
    return memberOrder(rows, depth, group)
      .filter((index) => own.has(index))
      .flatMap((index) => {
        const member = group.members[index] ?? { value: null, label: '' };
        const filters = [...before.filters, ...memberFilters(group, member)];
        const place = before.place === '' ? String(index) : `${before.place} ${index}`;
        if (depth < groups.length - 1) return walk(own.get(index) ?? [], depth + 1, { members: [...before.members, member], filters, place });
        return [{ key: [...before.members, member].map(keyOfMember).join('/'), place, member, index, filters, outer: before.members }];
      });
  };
  return walk(result.rows, 0, { members: [], filters: [], place: '' });
}

const keyOfMember = (m: Member) => `${JSON.stringify(m.value)}${m.other ? 'o' : ''}`;

// The members stand in drawing order already. Only a sort by value may have ordered the rows otherwise;
// then the rows lead, and members without rows follow.
function memberOrder(rows: readonly Row[], depth: number, axis: Dimension | null): number[] {
  if (!axis) return [0];
  const seen: number[] = [];
  const met = new Set<number>();
  for (const row of rows) {
    const key = row.keys[depth];
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

/**
 * Along time a second day does not stand beside the first: what came after the as-of day goes on with the values of
 * the later time. Periods that only the earlier time asked for are left out.
 */
function alongTime(plot: Plot, result: Result): Plot {
  const day = dayOf(result.asOf, result.timeZone);
  const startOf = (c: Category) => c.member.start || String(c.member.value);
  const asOf = plot.categories.findLastIndex((c) => startOf(c) <= day);
  const something = (i: number, which: 'values' | 'compared') => plot.series.some((s) => (s[which][i] ?? 0) !== 0);
  let first = 0;
  while (first < asOf && !something(first, 'values') && something(first, 'compared')) first++;
  // Both times begin alike when nothing was left out at all.
  if (first === asOf) first = 0;
  const later = plot.categories.some((_, i) => i > asOf && plot.series.some((s) => (s.compared[i] ?? null) !== null));
  const categories = plot.categories.slice(first);
  const merged = <T,>(now: readonly T[], then: readonly T[]) => now.map((v, i) => (i > asOf ? (then[i] as T) : v)).slice(first);
  return {
    ...plot,
    categories,
    compared: false,
    asOfAt: later ? asOf - first : -1,
    series: plot.series.map((s) => ({ ...s, values: merged(s.values, s.compared), parts: s.parts.slice(first), compared: categories.map(() => null) })),
    totals: plot.totals.map((t, i) => (i > asOf ? { ...t, value: t.compared } : t)).slice(first),
  };
}

/** The total over all series of one category; null when there is nothing, or when the parts do not add up. */
export function totalAt(plot: Plot, position: number, which: 'values' | 'parts' | 'compared' = 'values'): number | null {
  const computed = plot.totals[position]?.[which === 'values' ? 'value' : which === 'parts' ? 'part' : 'compared'] ?? null;
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
