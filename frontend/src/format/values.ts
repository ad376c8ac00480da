// A measured number in the format its measure asks for (see dataset.Measure.Format). A percent is a ratio, a date
// counts days since 1970-01-01.
import { longDay } from './dates';
import { duration } from './durations';
import { compact, number, percent, signed } from './numbers';

/** How a number of a measure is written; the fields of a ValueInfo that matter here. */
export interface NumberShape {
  /** integer, decimal1, decimal2, percent, days, hours, duration or date; anything else is written as it comes. */
  format: string;
  unit?: string;
}

/** What is printed where there is no number. */
export const blank = '(Blank)';

// Lengths of time keep their decimal, so that columns line up; sums of estimates are mostly whole.
const fixed: Record<string, number> = { integer: 0, days: 1, hours: 1 };
const atMost: Record<string, number> = { decimal1: 1, decimal2: 2 };

function digitsOf(n: number, shape: NumberShape): number {
  return fixed[shape.format] ?? (Number.isInteger(n) ? 0 : (atMost[shape.format] ?? 1));
}

/** The figure and, apart from it, its unit, because a card writes them in two sizes. */
export interface Figure {
  text: string;
  /** days, h, %, points …; empty when the figure says it all. */
  unit: string;
}

/** A number as a card shows it. `short` writes 12.3 K; the exact figure then belongs in the tooltip. */
export function figure(n: number | null, shape: NumberShape, short = false): Figure {
  if (n === null) return { text: blank, unit: '' };
  if (shape.format === 'duration') return { text: duration(n), unit: '' };
  if (shape.format === 'percent') return { text: number(100 * n, 1), unit: '%' };
  if (shape.format === 'date') return { text: longDay(isoDay(n)), unit: '' };
  const digits = digitsOf(n, shape);
  const text = short ? compact(n, digits) : number(n, digits);
  return { text, unit: unitOf(shape, n) };
}

const isoDay = (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10);

function unitOf(shape: NumberShape, n: number): string {
  if (shape.format === 'days') return Math.abs(n) === 1 ? 'day' : 'days';
  if (shape.format === 'hours') return 'h';
  return shape.unit ?? '';
}

/** A number with its unit on one line: 4.8 days, 93.2%, 1 min 58 s; (Blank) for null. */
export function value(n: number | null, shape: NumberShape): string {
  if (n !== null && shape.format === 'percent') return percent(n);
  const { text, unit } = figure(n, shape);
  return unit === '' ? text : `${text} ${unit}`;
}

/** A number without its unit, for a column whose head says it and for labels on marks. */
export function plainValue(n: number | null, shape: NumberShape): string {
  if (n !== null && shape.format === 'percent') return percent(n);
  return figure(n, shape).text;
}

/** A number on an axis: short, without digits that every label would repeat. */
export function axisValue(n: number, shape: NumberShape): string {
  if (shape.format === 'percent') return percent(n, Math.abs(100 * n - Math.round(100 * n)) < 1e-6 ? 0 : 1);
  if (shape.format === 'duration') return duration(n);
  if (shape.format === 'date') return longDay(isoDay(n));
  return compact(n, Number.isInteger(n) ? 0 : 1);
}

/** A change of a measure with sign and unit: +3, −3.9 pts, +0.2 days. */
export function change(delta: number, shape: NumberShape): string {
  if (shape.format === 'duration') return delta === 0 ? '±0 s' : `${delta > 0 ? '+' : '−'}${duration(Math.abs(delta))}`;
  if (shape.format === 'percent') return `${signed(100 * delta, 1)} pts`;
  const text = signed(delta, digitsOf(delta, shape));
  if (shape.format === 'days' || shape.format === 'date') return `${text} d`;
  if (shape.format === 'hours') return `${text} h`;
  return text;
}
