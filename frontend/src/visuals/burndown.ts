// A sprint day by day: remaining as a filled line, total scope as a step, the ideal as a dashed line that
// rests on days off. Nothing but the ideal is drawn after today.
import type { Plot, Series } from './plot';
import { readPlot } from './plot';
import type { Rect } from './geometry';
import { asOfBar } from './asOf';
import { fade, mix } from './colors';
import { alongLabels, edgeToEdge, endNames, lastValue, stripMarks, type EndName } from './lineParts';
import type { ChartInput, ChartModel, ChartType, LegendItem, TipRow } from './model';
import { niceScale, partsFor } from './niceScale';
import { base, categoryAxis, grid, text, textElement, valueAxis } from './option';
import { textWidth, widest } from './textWidth';
import { axisValue, plainValue, value } from '../format/values';
import { dayOf } from '../format/dates';

interface Sprint {
  plot: Plot;
  remaining: Series | undefined;
  scope: Series | undefined;
  ideal: Series | undefined;
  /** What the team has hours for, where the visual asks for it. */
  capacity: Series | undefined;
  /** Position of today among the days, or -1 when the sprint is over or has not begun. */
  today: number;
  off: boolean[];
}

/** By their names in the model; a visual that renames them keeps the documented order. */
function read({ result }: Pick<ChartInput, 'result'>): Sprint {
  const plot = readPlot(result);
  const named = (pattern: RegExp, position: number) => plot.series.find((s) => pattern.test(s.value.measure ?? s.value.name)) ?? plot.series[position];
  const ideal = named(/ideal/i, 2);
  const day = dayOf(result.asOf, result.timeZone);
  const days = plot.categories.map((c) => c.member.start || String(c.member.value));
  const today = days.findIndex((d) => d === day);
  const capacity = plot.series.find((s) => /capacity/i.test(s.value.measure || s.value.name));
  return { plot, remaining: named(/remaining/i, 0), scope: named(/scope/i, 1), ideal, capacity, today, off: daysOff(ideal?.values ?? []) };
}

/** A day is off when the ideal does not fall on it: the ideal falls on working days only. */
export function daysOff(ideal: readonly (number | null)[]): boolean[] {
  return ideal.map((v, i) => {
    const before = ideal[i - 1];
    return i > 0 && v !== null && v !== undefined && before !== null && before !== undefined && before > 0 && Math.abs(before - v) < 1e-9;
  });
}

/** Runs of days off as [first, last]. */
function runs(off: readonly boolean[]): [number, number][] {
  const out: [number, number][] = [];
  off.forEach((is, i) => {
    const open = out[out.length - 1];
    if (is && open && open[1] === i - 1) open[1] = i;
    else if (is) out.push([i, i]);
  });
  return out;
}

/** The values up to today, without the empty days after the last one: a step would run on into them. */
function upToToday(s: Series | undefined, today: number): (number | null)[] {
  const past = (s?.values ?? []).map((v, i) => (today >= 0 && i > today ? null : v));
  return past.slice(0, lastValue(past) + 1);
}

function lines(input: ChartInput, s: Sprint): object[] {
  const { neutral, measure, stateCategory } = input.palette.color;
  const remaining = upToToday(s.remaining, s.today);
  const end = lastValue(remaining);
  const common = { type: 'line', silent: true, connectNulls: false, symbol: 'none' };
  return [
    { ...common, id: 'ideal', data: s.ideal?.values ?? [], lineStyle: { color: measure.compare, width: 1.5, type: 'dashed' }, z: 3 },
    {
      ...common,
      id: 'remaining',
      data: remaining,
      z: 5,
      symbol: 'circle',
      showAllSymbol: true,
      symbolSize: (_: unknown, p: { dataIndex: number }) => (p.dataIndex === end ? 8 : 0),
      lineStyle: { color: stateCategory.inProgress, width: 2.25 },
      itemStyle: { color: stateCategory.inProgress },
      areaStyle: { color: fade(stateCategory.inProgress, 0.14), opacity: 1 },
    },
    ...(s.capacity ? [{ ...common, id: 'capacity', data: s.capacity.values, lineStyle: { color: input.palette.color.categorical.c3, width: 1.5 }, z: 3 }] : []),
    ...laterLines(input, s),
    { ...common, id: 'scope', step: 'end', data: upToToday(s.scope, s.today), lineStyle: { color: measure.ink, width: 1.5 }, itemStyle: { color: neutral.text1 }, z: 4 },
  ];
}

/** With a second day: how it went on after the as-of day, faintly. */
function laterLines(input: ChartInput, s: Sprint): object[] {
  const { asOfAt } = s.plot;
  if (asOfAt < 0) return [];
  const { measure, neutral, stateCategory } = input.palette.color;
  const after = (of: Series | undefined) => (of?.values ?? []).map((v, i) => (i < asOfAt ? null : v));
  const line = (id: string, data: (number | null)[], color: string, more: object) => ({ id, type: 'line', silent: true, symbol: 'none', data, z: 3, lineStyle: { color: mix(color, neutral.card, 0.55), width: 1.75, type: 'dashed' }, ...more });
  return [line('remaining:later', after(s.remaining), stateCategory.inProgress, {}), line('scope:later', after(s.scope), measure.ink, { step: 'end' })];
}

function bandsOff(input: ChartInput, s: Sprint, area: Rect, middle: (c: number) => number): object[] {
  const n = s.plot.categories.length;
  const half = n > 1 ? (middle(1) - middle(0)) / 2 : 0;
  return runs(s.off).map(([from, to], i) => {
    const x = Math.max(area.x, middle(from) - half);
    const width = Math.min(area.x + area.width, middle(to) + half) - x;
    return { id: `off${i}`, type: 'rect', silent: true, z: 0, shape: { x, y: area.y, width, height: area.height }, style: { fill: fade(input.palette.color.neutral.text3, 0.09) } };
  });
}

function tipOf(input: ChartInput, s: Sprint, category: number): TipRow[] {
  const { categorical, measure, stateCategory } = input.palette.color;
  const past = s.today < 0 || category <= s.today || s.plot.asOfAt >= 0;
  const rows: [Series | undefined, string, boolean][] = [
    [s.remaining, stateCategory.inProgress, past],
    [s.scope, measure.ink, past],
    [s.ideal, measure.compare, true],
    [s.capacity, categorical.c3, true],
  ];
  const out = rows.flatMap(([series, color, shown]): TipRow[] => {
    const n = series?.values[category] ?? null;
    return shown && series && n !== null ? [{ color, name: series.name, value: value(n, series.value) }] : [];
  });
  return s.off[category] ? [...out, { name: 'Not a working day', value: '' }] : out;
}

function build(input: ChartInput): ChartModel {
  const { palette, size, result, tile } = input;
  const s = read(input);
  const { plot } = s;
  const shape = s.remaining?.value ?? { format: 'integer' };
  const remaining = upToToday(s.remaining, s.today);
  const scope = upToToday(s.scope, s.today);
  const scale = niceScale([...remaining, ...scope, ...(s.ideal?.values ?? []), ...(s.capacity?.values ?? []), ...(plot.asOfAt >= 0 ? [...(s.remaining?.values ?? []), ...(s.scope?.values ?? [])] : [])], partsFor(size.height - 40), false);
  const last = lastValue(remaining);
  const lastScope = lastValue(scope);
  const over = s.today < 0 || s.today >= plot.categories.length - 1;
  const named = (values: (number | null)[], at: number, word: string) => (at < 0 || !s.remaining ? [] : [{ id: `end:${word}`, strong: plainValue(values[at] ?? null, shape), name: word }]);
  const names = [...named(remaining, last, 'remaining'), ...named(scope, lastScope, 'scope')];
  const nameRoom = Math.max(0, ...names.map((n) => textWidth(n.strong, 13, 600) + textWidth(n.name, 11) + 18));
  const left = Math.ceil(widest(scale.ticks.map((t) => axisValue(t, shape)))) + 8;
  const showToday = !tile && !over && s.today >= 0;
  const top = showToday ? 24 : 12;
  const full = size.width - left;
  // The names stand right of the last day drawn; only what they need beyond the plot is kept free.
  const idealRoom = textWidth('Ideal') + 14;
  const share = plot.categories.length > 1 && last >= 0 ? last / (plot.categories.length - 1) : 1;
  const right = Math.ceil(Math.max(idealRoom, share >= 1 ? nameRoom : (nameRoom - full * (1 - share)) / Math.max(0.1, share)));
  const area: Rect = { x: left, y: top, width: Math.max(24, full - right), height: Math.max(16, size.height - top - 24) };
  const at = (v: number) => area.y + area.height * (1 - (v - scale.min) / (scale.max - scale.min));
  const middle = edgeToEdge(area, plot.categories.length);
  const ends: EndName[] = [
    ...names.filter((n) => n.id === 'end:remaining').map((n) => ({ ...n, y: at(remaining[last] ?? 0) - 4 })),
    ...names.filter((n) => n.id === 'end:scope').map((n) => ({ ...n, y: at(scope[lastScope] ?? 0) })),
  ];
  const idealEnd = lastValue(s.ideal?.values ?? []);
  const graphics: object[] = [
    ...bandsOff(input, s, area, middle),
    ...endNames(palette, ends, middle(Math.max(last, 0)) + 9, area, true, 400),
  ];
  if (idealEnd >= 0 && (s.ideal?.values[idealEnd] ?? 1) < scale.max * 0.2) {
    graphics.push(textElement('ideal', middle(idealEnd) + 8, at(s.ideal?.values[idealEnd] ?? 0) - 10, 'Ideal', text(palette)));
  }
  if (plot.asOfAt >= 0) graphics.push(...asOfBar(input, plot, area, middle));
  else if (showToday) {
    const x = Math.round(middle(s.today)) + 0.5;
    graphics.push({ id: 'today', type: 'line', silent: true, z: 1, shape: { x1: x, y1: area.y, x2: x, y2: area.y + area.height }, style: { stroke: palette.color.neutral.axis, lineWidth: 1 } });
    graphics.push(textElement('todayName', x, area.y - 9, 'Today', text(palette), 'center'));
  }
  const yOf = (c: number) => {
    const n = remaining[c] ?? s.ideal?.values[c] ?? null;
    return n === null ? null : at(n);
  };
  return {
    option: {
      ...base,
      grid: grid(area, size),
      xAxis: categoryAxis(palette, alongLabels(plot, area.width, result.asOf), { boundaryGap: false }),
      yAxis: valueAxis(palette, scale, (n) => axisValue(n, shape)),
      series: lines(input, s),
      graphic: { elements: graphics },
    },
    marks: stripMarks(input, plot, area, middle, yOf, (c) => tipOf(input, s, c)).map((m) => ({ ...m, filters: [], stands: m.filters })),
    along: 'row',
  };
}

function item(key: string, name: string | undefined, color: string, kind: LegendItem['kind']): LegendItem[] {
  return name ? [{ key, name, color, kind, filters: [] }] : [];
}

function legend({ result, palette, tile }: Pick<ChartInput, 'result' | 'palette' | 'tile'>): LegendItem[] {
  if (tile) return [];
  const s = read({ result });
  const { measure, neutral, stateCategory } = palette.color;
  return [
    ...item('remaining', s.remaining?.name, stateCategory.inProgress, 'square'),
    ...item('scope', s.scope?.name, measure.ink, 'line'),
    ...item('capacity', s.capacity?.name, palette.color.categorical.c3, 'line'),
    ...item('ideal', s.ideal ? 'Ideal' : undefined, measure.compare, 'dashed'),
    ...(s.off.some(Boolean) ? item('off', 'Not a working day', fade(neutral.text3, 0.2), 'square') : []),
  ];
}

export const burndown: ChartType = { build, legend };
