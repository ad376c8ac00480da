// A few values far above all others: they do not flatten a chart, and are still drawn and counted.
import type { ValueInfo } from '../backend/types';
import { plural } from '../format/numbers';
import { axisValue } from '../format/values';
import type { Palette } from '../ui/palette';
import { percentile } from './referenceLines';

/** How high an axis must reach: to the highest value, or to the 98th percentile when the highest is more than twice that. */
export function reachOf(heights: readonly number[]): number {
  const most = heights.reduce((max, v) => Math.max(max, v), 0);
  const usual = percentile(heights, 0.98) ?? most;
  return most > 2 * usual ? usual : most;
}

/** An arrowhead at the upper edge, for a dot that lies above it. */
export function beyond(id: string, x: number, top: number, color: string, palette: Palette, faint: boolean): object {
  const points = [[x, top - 5], [x + 5, top + 4], [x - 5, top + 4]];
  return { id, type: 'polygon', silent: true, z: 8, shape: { points }, style: { fill: color, stroke: palette.color.neutral.card, lineWidth: 1, opacity: faint ? palette.highlight.unselectedMarkOpacity : 1 } };
}

/** "2 items above 80 days, at the upper edge". */
export function aboveWords(items: number, roof: number, shape: ValueInfo): string {
  const unit = { days: ' days', hours: ' h' }[shape.format] ?? '';
  return `${plural(items, 'item')} above ${axisValue(roof, shape)}${unit}, at the upper edge`;
}
