// What lines and areas have in common: room for names at the right, marks that are whole categories.
import type { ChartInput, Mark, TipRow } from './model';
import { memberPaint, strokeOfValue, type Paint } from './colors';
import { isPicked } from './filters';
import { spread, type Rect, type Size } from './geometry';
import { text, twoPartElement } from './option';
import { isUnfinished, type Plot } from './plot';
import { cut, textWidth } from './textWidth';
import { isTimeAxis, timeLabels, thin } from './timeLabels';
import { categoryInWords, inWords, partOfWhole } from './wording';
import { secondDay } from './secondDay';
import { spansOf } from './outerLabels';

/** A name at the end of a line: the value, bold, then what it is. */
export interface EndName {
  id: string;
  /** Where it would like to stand. */
  y: number;
  strong: string;
  name: string;
}

/** How much room the end names take, and whether the names fit beside the values. */
export function endRoom(names: readonly Omit<EndName, 'y'>[], size: Size): { width: number; named: boolean } {
  const values = Math.max(0, ...names.map((n) => textWidth(n.strong, 12, 600)));
  const full = Math.max(0, ...names.map((n) => textWidth(n.strong, 12, 600) + 4 + textWidth(n.name, 11)));
  const named = full + 14 <= size.width * 0.34;
  return { width: Math.ceil(named ? full : values) + 14, named };
}

/** The names at the right, moved apart where lines end close together. */
export function endNames(palette: ChartInput['palette'], names: readonly EndName[], x: number, area: Rect, named: boolean, room: number): object[] {
  const ys = spread(names.map((n) => n.y), 15, area.y + 2, area.y + area.height - 4);
  const strong = text(palette, 12, 600, palette.color.neutral.text1);
  const rest = text(palette, 11, 400, palette.color.neutral.text2);
  return names.map((n, i) => {
    const space = room - textWidth(n.strong, 12, 600) - 16;
    return twoPartElement(n.id, x, ys[i] ?? n.y, n.strong, named ? ` ${cut(n.name, Math.max(24, space), 11)}` : '', { strong, rest });
  });
}

/** Labels below: whole weeks or months for time, evenly thinned names otherwise. */
export function alongLabels(plot: Plot, width: number, today: string): string[] {
  const members = plot.categories.map((c) => c.member);
  if (plot.axis && plot.levels.length === 0 && isTimeAxis(plot.axis)) return timeLabels({ ...plot.axis, members }, width, today);
  if (plot.levels.length > 0) {
    const first = new Map(spansOf(plot).map((s) => [s.from, s.label]));
    const inner = thin(members.map((m) => m.label), width / Math.max(1, members.length - 1));
    return inner.map((label, i) => (first.has(i) ? `${label}\n${first.get(i)}` : label));
  }
  return thin(plot.categories.map((c) => c.member.label), width / Math.max(1, plot.categories.length - 1));
}

/** Where the n-th of so many categories stands when the first and last touch the edges. */
export function edgeToEdge(area: Rect, n: number): (category: number) => number {
  return (category) => (n <= 1 ? area.x + area.width / 2 : area.x + (category / (n - 1)) * area.width);
}

/** The paint of a series that is drawn as a line. */
export function seriesPaint(input: Pick<ChartInput, 'palette' | 'colors'>, plot: Plot, series: number): Paint {
  const s = plot.series[series];
  if (plot.legend && s) return memberPaint(plot.legend, s.legendIndex, input.palette, input.colors);
  return strokeOfValue(series, input.palette);
}

/** One mark per category: a strip from half way before it to half way after it. */
export function stripMarks(input: ChartInput, plot: Plot, area: Rect, middle: (category: number) => number, yOf: (category: number) => number | null, tipOf: (category: number) => TipRow[]): Mark[] {
  const n = plot.categories.length;
  const half = n > 1 ? Math.abs(middle(1) - middle(0)) / 2 : area.width / 2;
  return plot.categories.flatMap((c, category) => {
    const y = yOf(category);
    if (y === null) return [];
    const x = middle(category);
    const head = categoryInWords(plot, c);
    const tip = tipOf(category);
    return [
      {
        key: `c${c.key}`,
        rect: { x: x - 5, y: y - 5, width: 10, height: 10 },
        hit: { x: x - half, y: 0, width: 2 * half, height: input.size.height },
        guide: { x, y: area.y, width: 0, height: area.height },
        category,
        part: 0,
        name: tip.length === 1 ? `${head}: ${tip[0]?.value}` : `${head}: ${tip.map((r) => `${r.name} ${r.value}`).join(', ')}`,
        head,
        tip,
        filters: c.filters,
        selected: isPicked(c.filters, input.selection),
      },
    ];
  });
}

/** Every series of one category, null left out. */
export function seriesTip(input: ChartInput, plot: Plot, category: number): TipRow[] {
  return plot.series.flatMap((s, i) => {
    const n = s.values[category] ?? null;
    if (n === null) return [];
    const row = { color: seriesPaint(input, plot, i).color, name: s.name, value: partOfWhole(s.parts[category] ?? null, n, s.value, plot.highlighted) };
    const then = s.compared[category] ?? null;
    return plot.compared && then !== null ? [row, { name: `${s.name}, ${secondDay(input.result)}`, value: inWords(then, s.value) }] : [row];
  });
}

/** How a stretch of a line is drawn: its last period is not finished, or it comes after the as-of day. */
export type Stretch = 'whole' | 'unfinished' | 'later';

/**
 * A line as one series, or as two when its last value is of a period that is not finished, or when it goes on
 * after the as-of day: that stretch is then dashed.
 */
export function tailed<S>(id: string, values: readonly (number | null)[], plot: Plot, make: (id: string, data: (number | null)[], stretch: Stretch) => S): S[] {
  if (plot.asOfAt >= 0) {
    const { asOfAt } = plot;
    return [make(id, values.map((v, i) => (i > asOfAt ? null : v)), 'whole'), make(`${id}:later`, values.map((v, i) => (i < asOfAt ? null : v)), 'later')];
  }
  const end = lastValue(values);
  if (end < 1 || !isUnfinished(plot, end)) return [make(id, [...values], 'whole')];
  const body = values.map((v, i) => (i === end ? null : v));
  const tail = values.map((v, i) => (i >= end - 1 ? v : null));
  return [make(id, body, 'whole'), make(`${id}:soft`, tail, 'unfinished')];
}

/** The position of the last value, or -1. */
export function lastValue(values: readonly (number | null)[]): number {
  return values.findLastIndex((v) => v !== null);
}
