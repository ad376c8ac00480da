// Pieces of a chart option that every type shares: text, axes, grids. All distances are ours, so that
// the marks can be found again without asking the chart.
import type { Scale } from './niceScale';
import type { Palette } from '../ui/palette';
import type { Rect } from './geometry';

const family = "'Inter Variable', 'Segoe UI Variable', 'Segoe UI', system-ui, sans-serif";

export interface TextStyle {
  fontFamily: string;
  fontSize: number;
  fontWeight: number;
  color: string;
  lineHeight?: number;
}

/** Text of a chart: 11 px in text3 unless said otherwise. */
export function text(palette: Palette, size = 11, weight = 400, color: string = palette.color.neutral.text3): TextStyle {
  return { fontFamily: family, fontSize: size, fontWeight: weight, color };
}

/** Words from data as plain text: braces would otherwise be read as formatting by a label with styles. */
export function plain(words: string): string {
  return words.replace(/\{/g, '{\u200b');
}

/**
 * The plot: where categories and values are drawn. The chart would move it where it takes a label to be too long,
 * away from the marks that lie over it.
 */
export function grid(r: Rect, size: { width: number; height: number }) {
  return { id: 'grid', left: r.x, top: r.y, right: Math.max(0, size.width - r.x - r.width), bottom: Math.max(0, size.height - r.y - r.height), containLabel: false, outerBoundsMode: 'none' };
}

/** An axis of categories; its data are positions, so that two members of one name stay two. */
export function categoryAxis(palette: Palette, labels: readonly string[], more: object = {}) {
  return {
    id: 'categories',
    type: 'category',
    data: labels.map((_, i) => String(i)),
    boundaryGap: true,
    axisLine: { show: true, lineStyle: { color: palette.color.neutral.axis }, onZero: true },
    axisTick: { show: false },
    splitLine: { show: false },
    axisPointer: { show: false },
    axisLabel: { ...text(palette), show: true, interval: 0, margin: 8, hideOverlap: false, formatter: (_: string, i: number) => labels[i] ?? '' },
    ...more,
  };
}

/** An axis of values with its gridlines, or without anything when `format` is null. */
export function valueAxis(palette: Palette, scale: Scale, format: ((n: number) => string) | null, more: object = {}) {
  return {
    id: 'values',
    type: 'value',
    min: scale.min,
    max: scale.max,
    interval: scale.interval,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: format !== null, lineStyle: { color: palette.color.neutral.grid } },
    axisPointer: { show: false },
    axisLabel: { ...text(palette), show: format !== null, margin: 8, formatter: (n: number) => format?.(n) ?? '' },
    ...more,
  };
}

/** A text at a place of the drawing; `x` is its left edge, its right edge or its middle. */
export function textElement(id: string, x: number, y: number, words: string, style: TextStyle, align: 'left' | 'right' | 'center' = 'left') {
  const { color, ...font } = style;
  return { id, type: 'text', x, y, silent: true, z: 20, style: { ...font, text: words, fill: color, align, verticalAlign: 'middle' } };
}

/** A text of two weights: what matters first, the rest after it. */
export function twoPartElement(id: string, x: number, y: number, strong: string, rest: string, styles: { strong: TextStyle; rest: TextStyle }, align: 'left' | 'center' = 'left') {
  const part = ({ color, ...font }: TextStyle) => ({ ...font, fill: color });
  const words = `{a|${plain(strong)}}${rest ? `{b|${plain(rest)}}` : ''}`;
  return { id, type: 'text', x, y, silent: true, z: 20, style: { text: words, align, verticalAlign: 'middle', rich: { a: part(styles.strong), b: part(styles.rest) } } };
}

/** What every option begins with. Movement is decided by whoever draws. */
export const base = { animation: false, textStyle: { fontFamily: family } };
