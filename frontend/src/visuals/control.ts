// A control chart: one dot per item at the day it was completed, its length as the height; the moving average
// and a band of one standard deviation round it. Several items of one day and length are one bigger dot.
import type { Dimension, Filter, Member, Result, Row, ValueInfo } from '../backend/types';
import { longDay } from '../format/dates';
import { number, plural } from '../format/numbers';
import { axisValue, plainValue, value } from '../format/values';
import { memberPaint } from './colors';
import { dotSeries, mostElements, ring, sizeFor, type Dot } from './dots';
import { isPicked, memberFilters } from './filters';
import type { Rect } from './geometry';
import type { ChartInput, ChartModel, ChartType, LegendItem, Mark, TipRow } from './model';
import { movingAverage, windowOf, type DayMean } from './movingAverage';
import { niceScale, partsFor } from './niceScale';
import { base, grid, text, textElement, valueAxis } from './option';
import { aboveWords, beyond, reachOf } from './outliers';
import { crossDrawing, crossLines } from './referenceLines';
import { readPlot } from './plot';
import { textWidth, widest } from './textWidth';
import { isoDay, timeTicks } from './timeTicks';
import { inWords } from './wording';

interface Item {
  /** Days since 1970-01-01, with the hour where the date has one. */
  at: number;
  value: number;
  row: Row;
  id: Member;
  type: number;
}

interface Reading {
  items: Item[];
  shape: ValueInfo;
  ids: Dimension;
  idAt: number;
  typeAt: number;
  types: Dimension | null;
  dates: Dimension | null;
}

const dayNumber = (when: string) => Date.parse(when.length === 10 ? `${when}T00:00:00Z` : when) / 86_400_000;

/** The dimensions by their roles: the item, its date, its type. Rows without a date or a height have no dot. */
function read(result: Result): Reading {
  const place = (found: (d: Dimension) => boolean) => result.dimensions.findIndex(found);
  const dateAt = place((d) => d.type === 'date' || d.type === 'dateTime' || d.role === 'date');
  const roleAt = place((d) => d.role === 'workItemId' || (d.role ?? '').endsWith('Id'));
  const idAt = roleAt >= 0 ? roleAt : dateAt === 0 ? 1 : 0;
  const typeAt = place((d) => d.role === 'workItemType');
  const ids = result.dimensions[idAt] ?? { field: '', name: '', type: 'text', members: [] };
  const items = result.rows.flatMap((row): Item[] => {
    const when = result.dimensions[dateAt]?.members[row.keys[dateAt] ?? -1];
    const id = ids.members[row.keys[idAt] ?? -1];
    const height = row.values[0] ?? null;
    const at = when ? dayNumber(when.start || String(when.value ?? '')) : Number.NaN;
    return id && height !== null && Number.isFinite(at) ? [{ at, value: height, row, id, type: row.keys[typeAt] ?? -1 }] : [];
  });
  const shape = result.values[0] ?? { name: '', format: 'decimal1', additive: false, direction: 'neutral' };
  return { items, shape, ids, idAt, typeAt, types: result.dimensions[typeAt] ?? null, dates: result.dimensions[dateAt] ?? null };
}

/** The types with most items, three at most; the rest is Other. */
function shownTypes(r: Reading): number[] {
  const counts = new Map<number, number>();
  for (const i of r.items) counts.set(i.type, (counts.get(i.type) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 3).map(([type]) => type);
}

function colorOf(input: Pick<ChartInput, 'palette' | 'colors'>, r: Reading, shown: readonly number[], type: number): string {
  if (!r.types) return input.palette.color.measure.main;
  return shown.includes(type) ? memberPaint(r.types, type, input.palette, input.colors).color : input.palette.color.categorical.other;
}

interface Spot {
  items: Item[];
  day: number;
  value: number;
}

/** Items of one day and one length, as it is written, are one spot. */
function spotsOf(r: Reading): Spot[] {
  const spots = new Map<string, Spot>();
  for (const item of r.items) {
    const key = `${item.at} ${Math.round(item.value * 10)}`;
    const known = spots.get(key);
    if (known) known.items.push(item);
    else spots.set(key, { items: [item], day: item.at, value: item.value });
  }
  return [...spots.values()].toSorted((a, b) => a.day - b.day || a.value - b.value);
}

function range(r: Reading): { from: number; to: number; before: number } {
  let from = Infinity;
  let to = -Infinity;
  for (const i of r.items) {
    from = Math.min(from, Math.floor(i.at));
    to = Math.max(to, Math.floor(i.at));
  }
  return { from, to, before: windowOf(to - from + 1) };
}

/** The band as two stacked areas: what is below it is not drawn. It never leaves the axis. */
function averageSeries(input: ChartInput, means: readonly DayMean[], roof: number): object[] {
  const { measure } = input.palette.color;
  const low = (m: DayMean) => (m.mean === null ? null : Math.max(0, m.mean - (m.deviation ?? 0)));
  const common = { type: 'line', silent: true, symbol: 'none', connectNulls: false, emphasis: { disabled: true } };
  return [
    { ...common, id: 'band:foot', stack: 'band', z: 1, lineStyle: { width: 0 }, data: means.map((m) => [m.day, low(m)]) },
    { ...common, id: 'band', stack: 'band', z: 1, lineStyle: { width: 0 }, areaStyle: { color: measure.band, opacity: 1 }, data: means.map((m) => [m.day, m.mean === null ? null : Math.min(roof, m.mean + (m.deviation ?? 0)) - (low(m) ?? 0)]) },
    { ...common, id: 'average', z: 6, lineStyle: { color: measure.ink, width: 2 }, data: means.map((m) => [m.day, m.mean]) },
  ];
}

function markOf(input: ChartInput, r: Reading, spot: Spot, i: number, at: { x: number; y: number }, size: number, color: string): Mark {
  const [first] = spot.items;
  const one = spot.items.length === 1 && first !== undefined;
  const title = one ? input.result.dimensions.flatMap((d, k) => (d.role === 'title' ? (d.members[first.row.keys[k] ?? -1]?.label ?? []) : []))[0] : undefined;
  const head = one ? [first.id.label, title].filter(Boolean).join(' ') : plural(spot.items.length, 'item');
  const filters: Filter[] = one ? memberFilters(r.ids, first.id) : [{ field: r.ids.field, op: 'in', values: spot.items.map((s) => s.id.value) }];
  const rows: TipRow[] = [{ color, name: r.shape.name, value: value(spot.value, r.shape) }];
  if (one) {
    // Further values of the item, its type, whatever else the visual asked for.
    input.result.values.slice(1).forEach((info, k) => {
      const n = first.row.values[k + 1] ?? null;
      if (n !== null) rows.push({ name: info.name, value: value(n, info) });
    });
    if (r.types) rows.push({ name: r.types.name, value: r.types.members[first.type]?.label ?? '' });
  }
  rows.push({ name: r.dates?.name ?? '', value: longDay(isoDay(Math.floor(spot.day))) });
  const half = Math.max(12, size) / 2;
  return {
    key: `d${JSON.stringify(one ? first.id.value : [spot.day, spot.value])}`,
    rect: { x: at.x - size / 2, y: at.y - size / 2, width: size, height: size },
    hit: { x: at.x - half, y: at.y - half, width: 2 * half, height: 2 * half },
    category: i,
    part: 0,
    name: `${head}: ${rows.map((row) => `${row.name} ${row.value}`).join(', ')}`,
    head,
    tip: rows,
    filters,
    selected: isPicked(filters, input.selection),
  };
}

/** "4.7 d" over "average" where the average ends, and the name of its band above. */
function endWords(input: ChartInput, r: Reading, last: DayMean | undefined, x: number, at: (v: number) => number, area: Rect): object[] {
  const { palette } = input;
  if (!last || last.mean === null) return [];
  const y = Math.min(Math.max(area.y + 8, at(last.mean) - 5), area.y + area.height - 18);
  return [
    textElement('averageValue', x, y, said(last.mean, r.shape), text(palette, 12, 600, palette.color.neutral.text1)),
    textElement('averageName', x, y + 13, 'average', text(palette, 11, 400, palette.color.neutral.text2)),
    ...(last.deviation && y > area.y + 26 ? [textElement('bandName', x, Math.min(y - 15, at(last.mean + last.deviation) + 6), '± 1 std dev', text(palette))] : []),
  ];
}

const said = (n: number, shape: ValueInfo) => `${plainValue(n, { ...shape, format: shape.format === 'integer' ? 'decimal1' : shape.format })}${shape.format === 'days' ? ' d' : shape.format === 'hours' ? ' h' : ''}`;

function build(input: ChartInput): ChartModel {
  const { palette, size, tile, result } = input;
  const r = read(result);
  const spots = spotsOf(r);
  const shown = shownTypes(r);
  const { from, to, before } = range(r);
  const means = r.items.length > 0 ? movingAverage(r.items.map((i) => ({ day: i.at, value: i.value })), from, to, before) : [];
  const across = crossLines(input.visual, readPlot({ ...result, dimensions: [r.ids], rowGroups: 1, rows: result.rows.map((row) => ({ ...row, keys: [row.keys[r.idAt] ?? -1] })) }));
  const reach = reachOf(r.items.map((i) => i.value));
  const edge = (m: DayMean) => (m.mean === null ? null : Math.max(m.mean, Math.min(reach, m.mean + (m.deviation ?? 0))));
  const scale = niceScale([reach, ...means.map(edge), ...across.map((a) => a.value)], partsFor(size.height - 50), false);
  const above = r.items.filter((i) => i.value > scale.max).length;
  const left = Math.ceil(widest(scale.ticks.map((t) => axisValue(t, r.shape)))) + 8;
  const named = size.width >= 320;
  const right = named ? Math.ceil(textWidth('± 1 std dev')) + 16 : 12;
  const top = tile && above === 0 ? 10 : 24;
  const area: Rect = { x: left, y: top, width: Math.max(24, size.width - left - right), height: Math.max(16, size.height - top - 24) };
  // Half a day of air, so that dots of the first and last day are whole.
  const axis = { min: from - 0.5, max: to + 1 };
  const x = (day: number) => area.x + ((day - axis.min) / Math.max(1, axis.max - axis.min)) * area.width;
  const at = (v: number) => area.y + area.height * (1 - (Math.min(v, scale.max) - scale.min) / (scale.max - scale.min));
  const anyPicked = (input.selection?.length ?? 0) > 0;
  const dots: Dot[] = [];
  const rings: object[] = [];
  const marks = spots.map((spot, i) => {
    const mixed = spot.items.some((s) => s.type !== spot.items[0]?.type);
    const color = mixed ? palette.color.categorical.other : colorOf(input, r, shown, spot.items[0]?.type ?? -1);
    const diameter = sizeFor(spot.items.length);
    const mark = markOf(input, r, spot, i, { x: x(spot.day), y: at(spot.value) }, diameter, color);
    if (spot.value > scale.max) rings.push(beyond(`beyond${i}`, x(spot.day), area.y, color, palette, anyPicked && !mark.selected));
    else dots.push({ x: spot.day, y: spot.value, size: diameter, color, picked: mark.selected });
    if (mark.selected) rings.push(ring(`ring${i}`, x(spot.day), at(spot.value), diameter, palette.color.neutral.text1));
    return mark;
  });
  const ticks = timeTicks(from, to, area.width, result.asOf);
  const unit = r.shape.format === 'days' ? 'Days' : r.shape.format === 'hours' ? 'Hours' : r.shape.name;
  const last = means.findLast((m) => m.mean !== null);
  return {
    option: {
      ...base,
      grid: grid(area, size),
      xAxis: {
        id: 'days',
        type: 'value',
        ...axis,
        show: true,
        axisLine: { show: true, lineStyle: { color: palette.color.neutral.axis } },
        axisTick: { show: false },
        splitLine: { show: false },
        axisPointer: { show: false },
        axisLabel: { show: false },
      },
      yAxis: valueAxis(palette, scale, (v) => axisValue(v, r.shape)),
      series: [...averageSeries(input, means, scale.max), ...dotSeries(input, dots)],
      graphic: {
        elements: [
          ...ticks.map((t) => textElement(`tick${t.day}`, x(t.day), area.y + area.height + 14, t.label, text(palette), 'center')),
          ...(tile ? [] : [textElement('unit', area.x, area.y - 13, unit, text(palette))]),
          ...(above === 0 ? [] : [textElement('above', area.x + area.width, area.y - 13, aboveWords(above, scale.max, r.shape), text(palette), 'right')]),
          ...(named && last ? endWords(input, r, last, Math.min(x(last.day) + 8, area.x + area.width + 6), at, area) : []),
          ...crossDrawing(input, across, area, at, false),
          ...rings,
        ],
      },
    },
    marks,
    along: 'row',
    ...(dots.length > mostElements ? { many: true } : {}),
  };
}

function legend(input: Pick<ChartInput, 'result' | 'palette' | 'colors'>): LegendItem[] {
  const r = read(input.result);
  const { measure, categorical } = input.palette.color;
  const shown = shownTypes(r);
  const mean = (type: (t: number) => boolean) => {
    const own = r.items.filter((i) => type(i.type));
    return own.length === 0 ? '' : `, ${number(own.reduce((sum, i) => sum + i.value, 0) / own.length, 1)} on average`;
  };
  const types = r.types;
  const items: LegendItem[] = types
    ? shown.map((t) => ({ key: `t${t}`, name: `${types.members[t]?.label ?? ''}${mean((own) => own === t)}`, color: colorOf(input, r, shown, t), kind: 'dot', filters: types.members[t] ? memberFilters(types, types.members[t]) : [] }))
    : [{ key: 'item', name: 'Item', color: measure.main, kind: 'dot', filters: [] }];
  const rest = types && r.items.some((i) => !shown.includes(i.type)) ? [{ key: 'other', name: `Other${mean((own) => !shown.includes(own))}`, color: categorical.other, kind: 'dot' as const, filters: [] }] : [];
  return [
    ...items,
    ...rest,
    { key: 'average', name: 'Moving average', color: measure.ink, kind: 'line', filters: [] },
    { key: 'band', name: '± 1 standard deviation', color: measure.band, kind: 'square', filters: [] },
  ];
}

/** The chart in a sentence: how many items, and where their average ends. */
export function controlInWords(result: Result): string {
  const r = read(result);
  if (r.items.length === 0) return 'Control chart without data.';
  const { from, to, before } = range(r);
  const last = movingAverage(r.items.map((i) => ({ day: i.at, value: i.value })), from, to, before).findLast((m) => m.mean !== null);
  const ends = last && last.mean !== null ? `, moving average ${inWords(last.mean, { ...r.shape, format: r.shape.format === 'integer' ? 'decimal1' : r.shape.format })} at the end` : '';
  const most = r.items.reduce((max, i) => Math.max(max, i.value), 0);
  const longest = most > reachOf(r.items.map((i) => i.value)) ? `, the highest ${inWords(most, r.shape)}` : '';
  return `Control chart of ${r.shape.name.toLowerCase()}: ${plural(r.items.length, 'item')} from ${longDay(isoDay(from))} to ${longDay(isoDay(to))}${ends}${longest}.`;
}

export const control: ChartType = { build, legend };
