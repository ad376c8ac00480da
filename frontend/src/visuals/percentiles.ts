// Of each group the range from the first value to the last: a line from the median to the 95th percentile with a
// big dot at the median, a ring at what is between, a small grey dot at the end.
import { categoryPicked } from './barParts';
import { isPicked } from './filters';
import { clamp, type Rect } from './geometry';
import type { ChartInput, ChartModel, ChartType, LegendItem, Mark } from './model';
import { niceScale } from './niceScale';
import { base, categoryAxis, grid, plain, text, valueAxis } from './option';
import { readPlot, type Plot } from './plot';
import { cut, textWidth, widest } from './textWidth';
import { thin } from './timeLabels';
import { categoryInWords, inWords } from './wording';
import { value } from '../format/values';

const leastBand = 14;
const mostBand = 44;

/** From the smallest to the largest value of a group; null when it has none. */
function rangeOf(plot: Plot, category: number): [number, number] | null {
  const numbers = plot.series.flatMap((s) => s.values[category] ?? []);
  return numbers.length === 0 ? null : [Math.min(...numbers), Math.max(...numbers)];
}

const placeOf = (series: number, count: number): 'first' | 'between' | 'last' => (series === 0 ? 'first' : series === count - 1 ? 'last' : 'between');

function build(input: ChartInput): ChartModel {
  const { palette, size, tile } = input;
  const plot = readPlot(input.result);
  const { measure, neutral } = palette.color;
  const shape = plot.series[0]?.value ?? { format: 'decimal1' };
  const n = Math.max(1, plot.categories.length);
  const foot = 22;
  const band = clamp((size.height - 4 - foot) / n, leastBand, mostBand);
  const names = plot.categories.map((c) => [...c.outer, c.member].map((m) => m.label).join(', '));
  const nameWidth = Math.min(Math.ceil(widest(names, 12, 600)), Math.round(size.width * 0.38));
  const scale = niceScale(plot.series.flatMap((s) => s.values), clamp(Math.floor((size.width - nameWidth) / 90), 2, 5), false);
  const tickNames = scale.ticks.map((t) => value(t, { ...shape, format: shape.format === 'days' || shape.format === 'hours' ? 'decimal1' : shape.format }));
  const left = nameWidth + 12;
  const right = Math.ceil(textWidth(tickNames[tickNames.length - 1] ?? '') / 2) + 6;
  const ticks = thin(tickNames, Math.max(24, size.width - left - right) / Math.max(1, tickNames.length - 1));
  const height = band * n + 4 + foot;
  const area: Rect = { x: left, y: 2, width: Math.max(24, size.width - left - right), height: band * n };
  const at = (v: number) => area.x + ((v - scale.min) / (scale.max - scale.min)) * area.width;
  const middle = (category: number) => area.y + (category + 0.5) * band;
  const picked = plot.categories.map((_, i) => categoryPicked(input, plot, i));
  const opacity = (i: number) => ((input.selection?.length ?? 0) > 0 && !picked[i] ? palette.highlight.unselectedMarkOpacity : 1);
  const drawn: object[] = plot.categories.flatMap((_, i): object[] => {
    const range = rangeOf(plot, i);
    if (!range) return [];
    const y = middle(i);
    const line = { id: `range${i}`, type: 'line', silent: true, z: 2, shape: { x1: at(range[0]), y1: y, x2: at(range[1]), y2: y }, style: { stroke: measure.soft, lineWidth: 6, lineCap: 'round', opacity: opacity(i) } };
    const dots = plot.series.flatMap((s, k): object[] => {
      const v = s.values[i] ?? null;
      if (v === null) return [];
      const place = placeOf(k, plot.series.length);
      const style = { first: { fill: measure.main }, between: { fill: neutral.card, stroke: measure.main, lineWidth: 1.75 }, last: { fill: measure.compare } }[place];
      return [{ id: `dot${i}:${k}`, type: 'circle', silent: true, z: 6 - k, shape: { cx: at(v), cy: y, r: { first: 5, between: 3.75, last: 3.25 }[place] }, style: { ...style, opacity: opacity(i) } }];
    });
    return [line, ...dots];
  });
  const written = names.map((name, i) => {
    const short = plain(cut(name, nameWidth, 12, picked[i] ? 600 : 400));
    return picked[i] ? `{s|${short}}` : short;
  });
  const marks = plot.categories.flatMap((c, category): Mark[] => {
    const range = rangeOf(plot, category);
    if (!range) return [];
    const tip = plot.series.flatMap((s, i) => {
      const v = s.values[category] ?? null;
      return v === null ? [] : [{ color: placeOf(i, plot.series.length) === 'last' ? measure.compare : measure.main, name: s.name, value: inWords(v, s.value) }];
    });
    const head = categoryInWords(plot, c);
    return [
      {
        key: `c${c.key}`,
        rect: { x: at(range[0]) - 6, y: middle(category) - 7, width: at(range[1]) - at(range[0]) + 12, height: 14 },
        hit: { x: 0, y: area.y + category * band, width: size.width, height: band },
        category,
        part: 0,
        name: `${head}: ${tip.map((r) => `${r.name} ${r.value}`).join(', ')}`,
        head,
        tip,
        filters: c.filters,
        selected: isPicked(c.filters, input.selection),
      },
    ];
  });
  const whole = Math.max(size.height, height);
  return {
    option: {
      ...base,
      grid: grid(area, { width: size.width, height: whole }),
      xAxis: valueAxis(palette, scale, null, { splitLine: { show: true, lineStyle: { color: neutral.grid } }, axisLabel: { ...text(palette), show: true, margin: 8, formatter: (v: number) => ticks[scale.ticks.indexOf(v)] ?? '' } }),
      yAxis: categoryAxis(palette, names, {
        inverse: true,
        axisLine: { show: false },
        axisLabel: { ...text(palette, 12, 400, neutral.text2), show: true, interval: 0, margin: 12, rich: { s: text(palette, 12, 600, neutral.text1) }, formatter: (_: string, i: number) => written[i] ?? '' },
      }),
      series: [],
      graphic: { elements: drawn },
    },
    marks,
    along: 'column',
    ...(height > size.height + 1 && !tile ? { height } : {}),
  };
}

function legend(input: Pick<ChartInput, 'result' | 'palette'>): LegendItem[] {
  const plot = readPlot(input.result);
  const { measure } = input.palette.color;
  return plot.series.map((s, i) => {
    const place = placeOf(i, plot.series.length);
    return { key: s.id, name: shortName(s.name), color: place === 'last' ? measure.compare : measure.main, kind: place === 'between' ? 'ring' : 'dot', filters: [] };
  });
}

/** "Run duration 80th percentile" beside others of its kind is the 80th, "Median run duration" the median. */
function shortName(name: string): string {
  return /(\d+(?:st|nd|rd|th))\s+percentile/i.exec(name)?.[1] ?? (/^median\b/i.test(name) ? 'Median' : name);
}

export const percentiles: ChartType = { build, legend };
