// Lying bars: names at the left, values at the end, no value axis. Stacked where a legend splits them.
import { barLegend, barMarks, barSeries, categoryPicked } from './barParts';
import { clamp, type Rect } from './geometry';
import type { ChartInput, ChartModel, ChartType } from './model';
import { base, categoryAxis, grid, plain, text, twoPartElement, valueAxis } from './option';
import { readPlot, type Plot } from './plot';
import { endValue, extent, isStacked, type Piece } from './stack';
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
  if (whole === null) return { strong: '', rest: '', lit: false };
  if (!plot.highlighted) return { strong: plainValue(whole, shape), rest: '', lit: true };
  const lit = part ?? (shape.additive ? 0 : null);
  return { strong: plainValue(lit, shape), rest: ` of ${plainValue(whole, shape)}`, lit: lit !== null && lit !== 0 };
}

const endWidth = (l: EndLabel) => textWidth(l.strong, 12, 600) + textWidth(l.rest, 12);

function build(input: ChartInput): ChartModel {
  const { palette, size } = input;
  const plot = readPlot(input.result);
  const n = Math.max(1, plot.categories.length);
  const side = isStacked(plot) ? 1 : plot.series.length;
  const least = leastBand * Math.max(1, side * 0.7);
  const band = clamp((size.height - 4) / n, least, mostBand * Math.max(1, side * 0.75));
  const group = n === 1 ? Math.min(26, band * 0.8) : thicknessFor(band, side);
  const gap = side > 1 ? 2 : 0;
  const thickness = (group - gap * (side - 1)) / side;

  const names = plot.categories.map((c) => c.member.label);
  const nameWidth = Math.min(Math.ceil(widest(names, 12, 600)), Math.round(size.width * 0.42));
  const labels = plot.categories.map((_, i) => endLabel(plot, i));
  const tail = Math.ceil(Math.max(0, ...labels.map(endWidth))) + 8;
  const left = nameWidth + 10;
  const area: Rect = { x: left, y: 2, width: Math.max(24, size.width - left - tail), height: band * n };
  const numbers = extent(plot);
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

  const ends = labels.flatMap((l, i) => {
    if (l.strong === '') return [];
    const whole = endValue(plot, i).whole ?? 0;
    const x = at(Math.max(whole, isStacked(plot) ? 0 : Math.max(...plot.series.map((s) => Math.max(s.values[i] ?? 0, s.parts[i] ?? 0)))));
    const strong = text(palette, 12, 600, l.lit && (!anyPicked || picked[i]) ? text1 : text3);
    return [twoPartElement(`end${i}`, x + 6, area.y + (i + 0.5) * band + 0.5, l.strong, l.rest, { strong, rest: text(palette, 12) })];
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
  const height = area.height + 4;
  return {
    option: {
      ...base,
      grid: grid(area, { width: size.width, height: Math.max(size.height, height) }),
      xAxis: valueAxis(palette, { min, max, interval: max - min, ticks: [] }, null),
      yAxis: categoryAxis(palette, names, named),
      series: barSeries(input, plot, { thickness, gap, lying: true }),
      graphic: { elements: ends },
    },
    marks: barMarks(input, plot, { rectOf, bandOf, nameOf, lying: true }),
    along: 'column',
    ...(height > size.height + 1 && !input.tile ? { height } : {}),
  };
}

export const bar: ChartType = {
  build,
  legend: (input) => barLegend(input, readPlot(input.result)),
};
