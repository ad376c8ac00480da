// Lying bars: names at the left, values at the end, no value axis. Stacked where a legend splits them.
import { barLegend, barMarks, barSeries, categoryPicked } from './barParts';
import { clamp, type Rect } from './geometry';
import type { ChartInput, ChartModel, ChartType } from './model';
import { innerLabels } from './innerLabels';
import { base, categoryAxis, grid, plain, text, textElement, twoPartElement, valueAxis } from './option';
import { spansOf } from './outerLabels';
import { readPlot, totalAt, type Plot } from './plot';
import { crossLines, dashed, type CrossLine } from './referenceLines';
import { changeTo } from './secondDay';
import { abreast, besideIt, endValue, extent, isPercent, isStacked, pieces, type Piece } from './stack';
import { cut, textWidth, widest } from './textWidth';
import { plainValue } from '../format/values';

const leastBand = 13;
const mostBand = 44;

/** 14 to 18 px as a rule; more only where few bars have much room. */
function thicknessFor(band: number, side: number): number {
  if (side > 1) return clamp(band * 0.72, 6, 18 * side);
  return band <= 28 ? Math.max(6, band * 0.64) : Math.min(26, 18 + (band - 28) * 0.45);
}

interface EndLabel {
  strong: string;
  rest: string;
  lit: boolean;
}

function endLabel(plot: Plot, category: number): EndLabel {
  const shape = plot.series[0]?.value ?? { format: 'integer', name: '', additive: true, direction: 'neutral' as const };
  const { whole, part } = endValue(plot, category);
  if (whole === null || isPercent(plot)) return { strong: '', rest: '', lit: false };
  if (!plot.highlighted) return { strong: plainValue(whole, shape), rest: '', lit: true };
  const lit = part ?? (shape.additive ? 0 : null);
  return { strong: plainValue(lit, shape), rest: ` of ${plainValue(whole, shape)}`, lit: lit !== null && lit !== 0 };
}

interface SideLabel {
  category: number;
  slot: number;
  value: number;
  words: string;
  strong: boolean;
}

/** The values of bars that stand side by side, and of the hollow ones of a second day, where they are thick enough. */
function sideLabels(plot: Plot, thickness: number): SideLabel[] {
  if (thickness < 9) return [];
  if (besideIt(plot)) {
    const shape = plot.series[0]?.value;
    return plot.categories.flatMap((_, category) => {
      const value = totalAt(plot, category, 'compared');
      return value === null || !shape ? [] : [{ category, slot: 1, value, words: changeTo(totalAt(plot, category), value, shape), strong: false }];
    });
  }
  if (isStacked(plot) || plot.series.length < 2 || plot.highlighted) return [];
  return pieces(plot).flatMap((p) => {
    const s = plot.series[p.series];
    return s ? [{ category: p.category, slot: p.series, value: p.value, words: plainValue(p.value, s.value), strong: true }] : [];
  });
}

/** The names of the wider level, left of those of the bars, each at the first of its bars. */
function outerNames(input: ChartInput, plot: Plot, width: number, area: Rect, band: number): object[] {
  const { palette, size } = input;
  return spansOf(plot).flatMap((span, i): object[] => {
    const y = area.y + span.from * band;
    const name = textElement(`outer${i}`, 0, y + band / 2 + 0.5, cut(span.label, width - 10, 12, 600), text(palette, 12, 600, palette.color.neutral.text2));
    const edge = { id: `outerEdge${i}`, type: 'line', silent: true, z: 1, shape: { x1: 0, y1: Math.round(y) + 0.5, x2: size.width, y2: Math.round(y) + 0.5 }, style: { stroke: palette.color.neutral.grid, lineWidth: 1 } };
    return i === 0 ? [name] : [edge, name];
  });
}

/** Lines across lying bars stand, with their names above. */
function standing(input: ChartInput, lines: readonly CrossLine[], area: Rect, at: (value: number) => number): object[] {
  const { palette } = input;
  return lines.flatMap((line) => {
    const x = Math.round(at(line.value)) + 0.5;
    const styles = { strong: text(palette, 11, 600, palette.color.neutral.text1), rest: text(palette) };
    return [dashed(line.id, { x1: x, y1: area.y - 2, x2: x, y2: area.y + area.height }, palette.color.measure.ink), twoPartElement(`${line.id}:name`, x, area.y - 10, line.strong, line.words && ` ${line.words}`, styles, 'center')];
  });
}

const endWidth = (l: EndLabel) => textWidth(l.strong, 12, 600) + textWidth(l.rest, 12);

function build(input: ChartInput): ChartModel {
  const { palette, size } = input;
  const plot = readPlot(input.result, input.visual.options.layout);
  const n = Math.max(1, plot.categories.length);
  const side = abreast(plot);
  const spans = spansOf(plot);
  const across = isPercent(plot) ? [] : crossLines(input.visual, plot);
  const least = leastBand * Math.max(1, side * 0.7);
  const roof = across.length > 0 ? 18 : 0;
  const band = clamp((size.height - 4 - roof) / n, least, mostBand * Math.max(1, side * 0.75));
  const group = n === 1 ? Math.min(26, band * 0.8) : thicknessFor(band, side);
  const gap = side > 1 ? 2 : 0;
  const thickness = (group - gap * (side - 1)) / side;

  const names = plot.categories.map((c) => c.member.label);
  const nameWidth = Math.min(Math.ceil(widest(names, 12, 600)), Math.round(size.width * 0.42));
  const labels = plot.categories.map((_, i) => endLabel(plot, i));
  const each = sideLabels(plot, thickness);
  const tail = Math.ceil(Math.max(0, ...labels.map(endWidth), ...each.map((e) => textWidth(e.words, 11, e.strong ? 600 : 400)))) + 8;
  const outer = spans.length > 0 ? Math.min(Math.ceil(widest(spans.map((s) => s.label), 12, 600)) + 12, Math.round(size.width * 0.22)) : 0;
  const left = outer + nameWidth + 10;
  const area: Rect = { x: left, y: 2 + roof, width: Math.max(24, size.width - left - tail), height: band * n };
  const numbers = [...extent(plot), ...across.map((a) => a.value)];
  const max = Math.max(0, ...numbers) || 1;
  const min = Math.min(0, ...numbers);
  const at = (value: number) => area.x + ((value - min) / (max - min)) * area.width;
  const top = (category: number) => area.y + category * band + (band - group) / 2;

  const rectOf = (p: Piece): Rect => {
    const slot = isStacked(plot) ? 0 : p.series;
    const x = at(Math.min(p.from, p.to));
    return { x, y: top(p.category) + slot * (thickness + gap), width: Math.max(2, at(Math.max(p.from, p.to)) - x), height: thickness };
  };
  const bandOf = (category: number): Rect => ({ x: 0, y: area.y + category * band, width: size.width, height: band });
  const nameOf = (category: number): Rect => ({ ...bandOf(category), width: area.x });
  const picked = plot.categories.map((_, i) => categoryPicked(input, plot, i));
  const anyPicked = (input.selection?.length ?? 0) > 0;
  const { text1, text2, text3 } = palette.color.neutral;

  const slotY = (category: number, slot: number) => top(category) + slot * (thickness + gap) + thickness / 2 + 0.5;
  const besides = each.map((e) =>
    textElement(`side${e.category}:${e.slot}`, at(Math.max(0, e.value)) + 6, slotY(e.category, e.slot), e.words, text(palette, 11, e.strong ? 600 : 400, e.strong ? text1 : text2)),
  );
  const ends = labels.flatMap((l, i) => {
    if (l.strong === '') return [];
    const whole = endValue(plot, i).whole ?? 0;
    const x = at(Math.max(whole, isStacked(plot) ? 0 : Math.max(...plot.series.map((s) => Math.max(s.values[i] ?? 0, s.parts[i] ?? 0)))));
    const strong = text(palette, 12, 600, l.lit && (!anyPicked || picked[i]) ? text1 : text3);
    const y = besideIt(plot) ? slotY(i, 0) : area.y + (i + 0.5) * band + 0.5;
    return [twoPartElement(`end${i}`, x + 6, y, l.strong, l.rest, { strong, rest: text(palette, 12) })];
  });
  const written = names.map((name, i) => {
    const short = plain(cut(name, nameWidth, 12, picked[i] ? 600 : 400));
    return picked[i] ? `{s|${short}}` : short;
  });
  const named = {
    inverse: true,
    axisLine: { show: false },
    axisLabel: {
      ...text(palette, 12, 400, text2),
      show: true,
      interval: 0,
      margin: 10,
      rich: { s: text(palette, 12, 600, text1) },
      formatter: (_: string, i: number) => written[i] ?? '',
    },
  };
  const height = area.height + 4 + roof;
  return {
    option: {
      ...base,
      grid: grid(area, { width: size.width, height: Math.max(size.height, height) }),
      xAxis: valueAxis(palette, { min, max, interval: max - min, ticks: [] }, null),
      yAxis: categoryAxis(palette, names, named),
      series: barSeries(input, plot, { thickness, gap, lying: true }),
      graphic: { elements: [...ends, ...besides, ...innerLabels(input, plot, rectOf), ...outerNames(input, plot, outer, area, band), ...standing(input, across, area, at)] },
    },
    marks: barMarks(input, plot, { rectOf, bandOf, nameOf, lying: true }),
    along: 'column',
    ...(height > size.height + 1 && !input.tile ? { height } : {}),
  };
}

export const bar: ChartType = {
  build,
  legend: (input) => barLegend(input, readPlot(input.result, input.visual.options.layout)),
};
