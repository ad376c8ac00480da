// Standing columns: values on top below eight of them, a value axis beyond. Stacked where a legend splits them.
import { barLegend, barMarks, barSeries, categoryPicked, type BarPlaces } from './barParts';
import type { Rect } from './geometry';
import type { ChartInput, ChartModel, ChartType } from './model';
import { innerLabels } from './innerLabels';
import { niceScale, partsFor, type Scale } from './niceScale';
import { base, categoryAxis, grid, plain, text, textElement, twoPartElement, valueAxis } from './option';
import { readPlot, totalAt, type Plot } from './plot';
import { asOfBar, flagRoom } from './asOf';
import { crossDrawing, crossLines, crossRoom } from './referenceLines';
import { spansOf } from './outerLabels';
import { abreast, besideIt, endValue, extent, isPercent, isStacked, type Piece } from './stack';
import { cut, textWidth, widest, wrap } from './textWidth';
import { isTimeAxis, timeLabels } from './timeLabels';
import { axisValue, plainValue } from '../format/values';

/** From this many columns on, values stand on an axis instead of on the columns. */
const axisFrom = 8;

/** Everything of a standing chart that a combo needs too. */
export interface ColumnLayout {
  area: Rect;
  scale: Scale;
  band: number;
  /** Thickness of one column, distance between two side by side. */
  thickness: number;
  gap: number;
  labels: string[];
  named: boolean;
  at(value: number): number;
  middle(category: number): number;
}

/** Lays out columns in the space there is; `right` is kept free beside them, `more` are values of lines. */
export function columnLayout(input: ChartInput, plot: Plot, right = 8, more: readonly (number | null)[] = []): ColumnLayout {
  const { size } = input;
  const n = Math.max(1, plot.categories.length);
  const shape = plot.series[0]?.value ?? { format: 'integer' };
  const named = n < axisFrom && more.length === 0 && (isStacked(plot) || plot.series.length === 1) && !isPercent(plot);
  const whole = shape.format === 'integer' && !isPercent(plot);
  const numbers = [...extent(plot), ...more];
  const scale = named
    ? { min: Math.min(0, ...extent(plot)), max: Math.max(0, ...extent(plot)) || 1, interval: Math.max(1, ...extent(plot)), ticks: [] }
    : niceScale(numbers, partsFor(size.height - 40), whole);
  const left = named ? 8 : Math.ceil(widest(scale.ticks.map((t) => axisValue(t, axisShape(plot))))) + 8;
  const top = (named ? (isTight(plot, size.width - 16) ? 38 : 24) : 10) + flagRoom(plot);
  const width = Math.max(24, size.width - left - right);
  const band = width / n;
  const side = abreast(plot);
  const most = (named ? 56 : 34) * Math.max(1, side * 0.8);
  const group = Math.max(2, Math.min(most, band * (n < axisFrom ? 0.72 : 0.74)));
  const gap = side > 1 ? Math.max(1, Math.round(group * 0.04)) : 0;
  const today = input.result.asOf;
  const time = plot.axis && plot.levels.length === 0 && isTimeAxis(plot.axis) ? timeLabels(plot.axis, width - band, today) : null;
  const labels = time ?? nameLabels(plot.categories.map((c) => c.member.label), band, n < axisFrom ? 12 : 11);
  // The last label is as whole as the others.
  const over = widest((labels.at(-1) ?? '').split('\n')) / 2 - band / 2 - right;
  if (time && over > 0.5 && right < 40) return columnLayout(input, plot, Math.ceil(right + over), more);
  const lines = Math.max(1, ...labels.map((l) => l.split('\n').length)) + (plot.levels.length > 0 ? 1.2 : 0);
  const area: Rect = { x: left, y: top, width, height: Math.max(16, size.height - top - 8 - lines * 15) };
  return {
    area,
    scale,
    band,
    thickness: (group - gap * (side - 1)) / side,
    gap,
    labels,
    named,
    at: (v) => area.y + area.height * (1 - (v - scale.min) / (scale.max - scale.min)),
    middle: (category) => area.x + (category + 0.5) * band,
  };
}

const distinct = (names: readonly string[]) => new Set(names).size === names.length;

/**
 * Shorter names that still tell members apart: of paths their last nodes, of sprints without room their letter and
 * number. A name that was cut would lose just the number.
 */
export function shortNames(names: readonly string[], space: number, size: number): readonly string[] {
  const leaves = names.map((name) => name.split('\\').at(-1) ?? name);
  const own = distinct(leaves) ? leaves : names;
  if (own.every((name) => textWidth(name, size) <= space)) return own;
  const letters = own.map((name) => name.replace(/^(\p{L})\p{L}*\s*(\d+)$/u, (_, letter: string, n: string) => letter.toUpperCase() + n));
  return distinct(letters) ? letters : own;
}

/** Names under columns: on one line, else broken between words, else by turns on two lines; never turned. */
export function nameLabels(full: readonly string[], band: number, size: number): string[] {
  const space = Math.max(20, band - 6);
  const fits = (name: string) => name.split(/\s+/).every((word) => textWidth(word, size) <= space);
  const names = full.every(fits) ? full : shortNames(full, space, size);
  if (names.every(fits)) return names.map((name) => wrap(name, space, 2, size));
  return names.map((name, i) => `${i % 2 === 1 ? '\n' : ''}${cut(name, Math.max(20, 2 * band - 12), size)}`);
}

/** Where a piece stands. */
export function columnRect(plot: Plot, l: ColumnLayout, p: Piece): Rect {
  const side = abreast(plot);
  const group = l.thickness * side + l.gap * (side - 1);
  const slot = isStacked(plot) ? 0 : p.series;
  const y = l.at(Math.max(p.from, p.to));
  return { x: l.middle(p.category) - group / 2 + slot * (l.thickness + l.gap), y, width: l.thickness, height: Math.max(2, l.at(Math.min(p.from, p.to)) - y) };
}

/** What of the drawing belongs to which mark. */
export function columnPlaces(plot: Plot, l: ColumnLayout, height: number): BarPlaces {
  const bandOf = (category: number): Rect => ({ x: l.area.x + category * l.band, y: 0, width: l.band, height });
  const foot = l.area.y + l.area.height;
  return {
    rectOf: (p) => columnRect(plot, l, p),
    bandOf,
    nameOf: (category) => ({ ...bandOf(category), y: foot, height: height - foot }),
    lying: false,
  };
}

/** How the values of an axis are written: of a percent layout they are shares. */
function axisShape(plot: Plot): { format: string } {
  return isPercent(plot) ? { format: 'percent' } : (plot.series[0]?.value ?? { format: 'integer' });
}

/** The names of the wider level under those along the axis, with a stroke between two of them. */
function outerNames(input: ChartInput, plot: Plot, l: ColumnLayout): object[] {
  const { palette, size } = input;
  const spans = spansOf(plot);
  return spans.flatMap((span, i): object[] => {
    const from = l.area.x + span.from * l.band;
    const width = (span.to - span.from + 1) * l.band;
    const name = textElement(`outer${i}`, from + width / 2, size.height - 9, cut(span.label, Math.max(20, width - 8), 11, 600), text(palette, 11, 600, palette.color.neutral.text2), 'center');
    const x = Math.round(from) + 0.5;
    const edge = { id: `outerEdge${i}`, type: 'line', silent: true, z: 1, shape: { x1: x, y1: l.area.y + l.area.height, x2: x, y2: size.height - 2 }, style: { stroke: palette.color.neutral.axis, lineWidth: 1 } };
    return i === 0 ? [name] : [edge, name];
  });
}

/** The axis of names or periods below, the picked one bold. */
export function columnNames(input: ChartInput, plot: Plot, l: ColumnLayout) {
  const { palette } = input;
  const few = plot.categories.length < axisFrom;
  const style = text(palette, few ? 12 : 11, 400, few ? palette.color.neutral.text2 : palette.color.neutral.text3);
  const written = l.labels.map((label, i) => (categoryPicked(input, plot, i) && label ? `{s|${plain(label)}}` : plain(label)));
  return categoryAxis(palette, l.labels, {
    axisLabel: {
      ...style,
      show: true,
      interval: 0,
      margin: 8,
      lineHeight: 14,
      rich: { s: text(palette, few ? 12 : 11, 600, palette.color.neutral.text1) },
      formatter: (_: string, i: number) => written[i] ?? '',
    },
  });
}

const topText = (plot: Plot, category: number): { strong: string; rest: string } => {
  const shape = plot.series[0]?.value ?? { format: 'integer', additive: true };
  const { whole, part } = endValue(plot, category);
  if (!plot.highlighted) return { strong: plainValue(whole, shape), rest: '' };
  return { strong: plainValue(part ?? (shape.additive ? 0 : null), shape), rest: `of ${plainValue(whole, shape)}` };
};

/** "6 of 10" does not fit over its column: it is written on two lines. */
function isTight(plot: Plot, width: number): boolean {
  const band = width / Math.max(1, plot.categories.length);
  return plot.highlighted && plot.categories.some((_, i) => {
    const { strong, rest } = topText(plot, i);
    return textWidth(strong, 12, 600) + 4 + textWidth(rest, 12) > band - 2;
  });
}

function topLabels(input: ChartInput, plot: Plot, l: ColumnLayout): object[] {
  const { palette } = input;
  const { text1, text3 } = palette.color.neutral;
  const shape = plot.series[0]?.value;
  if (!l.named || !shape) return [];
  return plot.categories.flatMap((_, i): object[] => {
    const { whole, part } = endValue(plot, i);
    if (whole === null) return [];
    const lit = part ?? (shape.additive ? 0 : null);
    const dim = (input.selection?.length ?? 0) > 0 && !categoryPicked(input, plot, i);
    const strong = text(palette, 12, 600, dim || (plot.highlighted && !lit) ? text3 : text1);
    const words = topText(plot, i);
    const y = l.at(Math.max(whole, part ?? 0)) - 10;
    if (besideIt(plot)) {
      const then = totalAt(plot, i, 'compared');
      const apart = (l.thickness + l.gap) / 2;
      const both = [textElement(`top${i}`, l.middle(i) - apart, y, words.strong, strong, 'center')];
      return then === null ? both : [...both, textElement(`then${i}`, l.middle(i) + apart, l.at(then) - 10, plainValue(then, shape), text(palette, 12), 'center')];
    }
    if (isTight(plot, l.area.width)) {
      const upper = textElement(`top${i}`, l.middle(i), y - 14, words.strong, strong, 'center');
      return [upper, textElement(`of${i}`, l.middle(i), y, words.rest, text(palette, 11), 'center')];
    }
    return [twoPartElement(`top${i}`, l.middle(i), y, words.strong, words.rest && ` ${words.rest}`, { strong, rest: text(palette, 12) }, 'center')];
  });
}

function build(input: ChartInput): ChartModel {
  const { palette, size } = input;
  const plot = readPlot(input.result, input.visual.options.layout);
  const across = isPercent(plot) ? [] : crossLines(input.visual, plot);
  const room = input.tile ? 0 : crossRoom(across);
  const l = columnLayout(input, plot, Math.max(8, room), across.map((a) => a.value));
  const shape = axisShape(plot);
  return {
    option: {
      ...base,
      grid: grid(l.area, size),
      xAxis: columnNames(input, plot, l),
      yAxis: valueAxis(palette, l.scale, l.named ? null : (n) => axisValue(n, shape)),
      series: barSeries(input, plot, { thickness: l.thickness, gap: l.gap, lying: false }),
      graphic: { elements: [...topLabels(input, plot, l), ...innerLabels(input, plot, (p) => columnRect(plot, l, p)), ...outerNames(input, plot, l), ...crossDrawing(input, across, l.area, l.at, room > 0), ...asOfBar(input, plot, l.area, l.middle)] },
    },
    marks: barMarks(input, plot, columnPlaces(plot, l, size.height)),
    along: 'row',
  };
}

export const column: ChartType = {
  build,
  legend: (input) => barLegend(input, readPlot(input.result, input.visual.options.layout)),
};
