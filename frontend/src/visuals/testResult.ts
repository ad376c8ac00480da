// For tests only: results and conversions written shortly.
import type { Dimension, Member, Result, Row, ValueInfo, Visual, VisualType } from '../backend/types';
import { palettes } from '../ui/palette';
import { ColorBook } from './colorBook';
import type { ChartInput } from './model';

export const light = palettes.light;

export function members(...labels: (string | number | null)[]): Member[] {
  return labels.map((value) => ({ value, label: value === null ? '(Blank)' : String(value) }));
}

export function dimension(more: Partial<Dimension> & { members: Member[] }): Dimension {
  return { field: 'Areas[Area path]', name: 'Area', type: 'text', ...more };
}

export const stateCategories = dimension({
  field: 'Work items[State category]',
  name: 'State category',
  role: 'stateCategory',
  members: [
    { value: 'Proposed', label: 'Proposed' },
    { value: 'InProgress', label: 'In progress' },
    { value: 'Resolved', label: 'Resolved' },
  ],
});

/** Weeks that begin on the given days. */
export function weeks(...starts: string[]): Dimension {
  const end = (start: string) => new Date(Date.parse(`${start}T00:00:00Z`) + 6 * 86_400_000).toISOString().slice(0, 10);
  const list = starts.map((start): Member => ({ value: `${start}/${end(start)}`, label: start, start, end: end(start) }));
  return dimension({ field: 'Dates[Date]', name: 'Date', type: 'date', role: 'date', grain: 'week', members: list });
}

export function days(from: string, count: number): Dimension {
  const list = Array.from({ length: count }, (_, i): Member => {
    const day = new Date(Date.parse(`${from}T00:00:00Z`) + i * 86_400_000).toISOString().slice(0, 10);
    return { value: day, label: day, start: day, end: day };
  });
  return dimension({ field: 'Dates[Date]', name: 'Date', type: 'date', role: 'date', grain: 'day', members: list });
}

export function measure(name = 'Open bugs', more: Partial<ValueInfo> = {}): ValueInfo {
  return { name, measure: name, format: 'integer', unit: 'bugs', additive: true, direction: 'upIsWorse', overTime: 'asOf', ...more };
}

interface Spec {
  rows?: Dimension[];
  columns?: Dimension[];
  values?: ValueInfo[];
  /** Keys, values, and parts when something is highlighted. */
  cells?: [number[], (number | null)[], (number | null)[]?][];
  total?: Row;
  more?: Partial<Result>;
}

export function result({ rows = [], columns = [], values = [measure()], cells = [], total, more }: Spec): Result {
  return {
    dimensions: [...rows, ...columns],
    rowGroups: rows.length,
    values,
    rows: cells.map(([keys, numbers, parts]) => ({ keys, values: numbers, ...(parts ? { parts } : {}) })),
    total: total ?? { keys: [], values: values.map(() => null) },
    asOf: '2026-11-18T09:38:00Z',
    timeZone: 'UTC',
    generation: 1,
    ...more,
  };
}

export function visual(type: VisualType, more: Partial<Visual> = {}): Visual {
  return { id: 'v', type, title: 'Open bugs', place: { x: 0, y: 0, w: 4, h: 4 }, query: { values: [] }, options: {}, ...more };
}

export function input(type: VisualType, of: Result, more: Partial<ChartInput> = {}): ChartInput {
  return { visual: visual(type), result: of, palette: light, colors: new ColorBook(), size: { width: 480, height: 240 }, selection: null, ...more };
}

/** A series of an option as a test reads it. */
export interface DrawnSeries {
  id: string;
  type: string;
  stack?: string;
  data: (number | null | { value: number | null; itemStyle: { color: string; opacity: number; decal: unknown } })[];
  lineStyle?: { color: string; type?: string; width?: number };
  areaStyle?: { color: string; opacity: number };
  barGap?: string;
  step?: string;
  yAxisIndex?: number;
}

export function seriesOf(model: { option: object }): DrawnSeries[] {
  return (model.option as { series: DrawnSeries[] }).series;
}

export const numbersOf = (s: DrawnSeries | undefined) => (s?.data ?? []).map((d) => (d !== null && typeof d === 'object' ? d.value : d));
export const colorsOf = (s: DrawnSeries | undefined) => (s?.data ?? []).map((d) => (d !== null && typeof d === 'object' ? d.itemStyle.color : null));
export const opacitiesOf = (s: DrawnSeries | undefined) => (s?.data ?? []).map((d) => (d !== null && typeof d === 'object' ? d.itemStyle.opacity : null));

/** Every text that the drawing places itself, styles taken away. */
export function textsOf(model: { option: object }): string[] {
  const { elements } = (model.option as { graphic?: { elements: { style?: { text?: string } }[] } }).graphic ?? { elements: [] };
  return elements.flatMap((e) => (e.style?.text === undefined ? [] : [e.style.text.replace(/\{[ab]\|([^}]*)\}/g, '$1')]));
}

/** The labels that an axis writes. */
export function axisLabels(model: { option: object }, axis: 'xAxis' | 'yAxis'): string[] {
  const a = (model.option as Record<string, { data: string[]; axisLabel: { formatter: (v: string, i: number) => string } }>)[axis];
  return (a?.data ?? []).map((v, i) => a?.axisLabel.formatter(v, i) ?? '');
}
