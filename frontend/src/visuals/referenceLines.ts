// Lines across a chart: the average, the median or a given value of its first measure.
import type { Visual } from '../backend/types';
import { plainValue } from '../format/values';
import type { Rect } from './geometry';
import type { ChartInput } from './model';
import { text, textElement } from './option';
import { isUnfinished, totalAt, type Plot } from './plot';
import { textWidth, wrap } from './textWidth';

export interface CrossLine {
  id: string;
  value: number;
  /** The value as it is written, and what it is. */
  strong: string;
  words: string;
}

/** Percentile by linear interpolation between the two nearest (M7): rank p·(n−1). Null of nothing. */
export function percentile(numbers: readonly number[], p: number): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  if (sorted.length === 0) return null;
  const rank = p * (sorted.length - 1);
  const low = sorted[Math.floor(rank)] ?? 0;
  const high = sorted[Math.ceil(rank)] ?? low;
  return low + (high - low) * (rank - Math.floor(rank));
}

/**
 * The lines a visual asks for. Averages are over what is drawn: categories without a value are left out, as is a
 * period that is not finished, because its number is not comparable yet.
 */
export function crossLines(visual: Visual, plot: Plot): CrossLine[] {
  const shape = plot.series[0]?.value;
  if (!shape) return [];
  const numbers = plot.categories.flatMap((_, i) => {
    const n = plot.series.length === 1 ? (plot.series[0]?.values[i] ?? null) : plot.legend ? totalAt(plot, i) : (plot.series[0]?.values[i] ?? null);
    return n === null || isUnfinished(plot, i) || (plot.asOfAt >= 0 && i > plot.asOfAt) ? [] : [n];
  });
  const average = numbers.length > 0 ? numbers.reduce((sum, n) => sum + n, 0) / numbers.length : null;
  // The mean of counts is no count: it keeps a decimal.
  const fine = shape.format === 'integer' ? { ...shape, format: 'decimal1' } : shape;
  return (visual.options.lines ?? []).flatMap((line, i): CrossLine[] => {
    const value = line.kind === 'constant' ? (line.value ?? null) : line.kind === 'median' ? percentile(numbers, 0.5) : average;
    return value === null ? [] : [{ id: `across${i}`, value, strong: plainValue(value, fine), words: line.label ?? (line.kind === 'constant' ? '' : line.kind) }];
  });
}

const nameWidth = 84;

/** The room at the right that the names of lines across need. */
export function crossRoom(lines: readonly CrossLine[]): number {
  const words = lines.flatMap((l) => wrap(l.words, nameWidth, 2, 11).split('\n'));
  return lines.length === 0 ? 0 : Math.ceil(Math.max(...lines.map((l) => textWidth(l.strong, 13, 600)), ...words.map((w) => textWidth(w, 11)))) + 14;
}

/** Dashed lines over the plot with their value and name at the right end. */
export function crossDrawing(input: ChartInput, lines: readonly CrossLine[], area: Rect, at: (value: number) => number, named = true): object[] {
  const { palette } = input;
  return lines.flatMap((line) => {
    const y = Math.round(at(line.value)) + 0.5;
    if (y < area.y - 1 || y > area.y + area.height + 1) return [];
    const x = area.x + area.width;
    const drawn: object[] = [dashed(line.id, { x1: area.x, y1: y, x2: x, y2: y }, palette.color.measure.ink)];
    if (!named) return drawn;
    const words = line.words === '' ? [] : wrap(line.words, nameWidth, 2, 11).split('\n');
    // The value stands on the line, what it is under it; near the foot both move up.
    const top = Math.min(y - (words.length > 0 ? 5 : 0), area.y + area.height - words.length * 13 - 4);
    drawn.push(textElement(`${line.id}:value`, x + 7, top, line.strong, text(palette, 13, 600, palette.color.neutral.text1)));
    words.forEach((w, i) => drawn.push(textElement(`${line.id}:name${i}`, x + 7, top + 14 + i * 13, w, text(palette))));
    return drawn;
  });
}

/** A dashed line as a piece of a drawing. */
export function dashed(id: string, shape: { x1: number; y1: number; x2: number; y2: number }, color: string): object {
  return { id, type: 'line', silent: true, z: 8, shape, style: { stroke: color, lineWidth: 1.25, lineDash: [5, 3], fill: 'none' } };
}
