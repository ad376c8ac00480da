// The as-of day on a drawing along time: a bar with its date; what came after it is drawn faintly.
import { day } from '../format/dates';
import { clamp, type Rect } from './geometry';
import type { ChartInput } from './model';
import { text, textElement } from './option';
import type { Plot } from './plot';
import { textWidth } from './textWidth';

/** What the flag over the plot needs above it, when there is one. */
export function flagRoom(plot: Plot): number {
  return plot.asOfAt >= 0 ? 18 : 0;
}

/** The bar of the as-of day with its flag; nothing while the drawing ends with that day. */
export function asOfBar(input: ChartInput, plot: Plot, area: Rect, middle: (category: number) => number): object[] {
  if (plot.asOfAt < 0) return [];
  const { palette, result, tile } = input;
  const x = Math.round(middle(plot.asOfAt));
  const { fill, onFill } = palette.color.brand;
  const bar = { id: 'asOf', type: 'rect', silent: true, z: 9, shape: { x: x - 1, y: area.y, width: 2, height: area.height }, style: { fill } };
  if (tile || area.width < 120) return [bar];
  const words = `As of ${day(result.asOf, new Date().toISOString(), result.timeZone)}`;
  const width = Math.ceil(textWidth(words, 11, 600)) + 14;
  const left = clamp(x - width / 2, area.x, Math.max(area.x, area.x + area.width - width));
  const flag = { id: 'asOfFlag', type: 'rect', silent: true, z: 19, shape: { x: left, y: area.y - 18, width, height: 16, r: 3 }, style: { fill } };
  return [bar, flag, textElement('asOfName', left + width / 2, area.y - 9.5, words, text(palette, 11, 600, onFill), 'center')];
}
