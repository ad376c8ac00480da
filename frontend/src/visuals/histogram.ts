// How often each length occurs: bins that touch, empty ones between them, and where the median and the 85th
// percentile fall. The first value is the height of a bin; further ones, such as a median, are lines at their total.
import { rangeInWords, rangesOf } from './bins';
import { categoryOfAxisPaint } from './colors';
import { isPicked } from './filters';
import type { Rect } from './geometry';
import type { ChartInput, ChartModel, ChartType, Mark } from './model';
import { niceScale, partsFor } from './niceScale';
import { base, categoryAxis, grid, text, textElement, valueAxis } from './option';
import { readPlot, type Category, type Plot } from './plot';
import { dashed } from './referenceLines';
import { nameLabels } from './column';
import { textWidth, widest } from './textWidth';
import { inWords, memberInWords, partOfWhole } from './wording';
import { number } from '../format/numbers';
import { axisValue, value } from '../format/values';
import type { Filter, Result, ValueInfo } from '../backend/types';

interface Bin {
  /** The positions in plot.categories that fall into it: none for an empty one. */
  at: number[];
  categories: Category[];
  label: string;
  words: string;
}

interface Bins {
  bins: Bin[];
  /** Where the axis begins; null when bins are names. */
  first: number | null;
  /** What a bin spans. */
  step: number;
}

/** Whole numbers stand at their distance, with the empty bins between them; named buckets stand as they come. */
function binsOf(plot: Plot): Bins {
  const { categories } = plot;
  const numbers = categories.map((c) => c.member.value);
  const known = numbers.filter((v): v is number => typeof v === 'number');
  const binOf = (at: number[], label: string, words = label): Bin => ({ at, categories: at.flatMap((i) => categories[i] ?? []), label, words });
  const named = (step: number): Bins => ({ bins: categories.map((c, at) => binOf([at], c.member.label, memberInWords(plot.axis, c.member))), first: null, step });
  if (known.length === 0 || known.length < numbers.filter((v) => v !== null).length) return named(1);
  const low = Math.min(...known);
  const high = Math.max(...known);
  const s = plot.series[0];
  const wide = s?.value.additive ? rangesOf(numbers.flatMap((v, i): [number, number][] => (typeof v === 'number' ? [[v, s.values[i] ?? 0]] : []))) : null;
  const name = plot.axis?.name ?? '';
  if (wide) {
    const bins = wide.map((range) => {
      const at = numbers.flatMap((v, i) => (typeof v === 'number' && v >= range.from && v <= (range.to ?? Infinity) ? [i] : []));
      return binOf(at, range.label, `${name} ${rangeInWords(range)}`.trim());
    });
    return { bins, first: wide[0]?.from ?? low, step: (wide[1]?.from ?? 1) - (wide[0]?.from ?? 0) };
  }
  // Bins of five days are five apart: the smallest distance there is.
  const sorted = known.toSorted((a, b) => a - b);
  const step = sorted.reduce((least, v, i) => (i === 0 ? least : Math.min(least, v - (sorted[i - 1] ?? v) || least)), Math.max(1, high - low));
  const unit = Number.isInteger(low) && known.every(Number.isInteger) && low >= 0 && step < 5 ? 1 : step;
  const count = Math.round((high - low) / unit) + 1;
  const at = new Map(known.map((v) => [Math.round((v - low) / unit), numbers.indexOf(v)]));
  if (count > mostEmpty) return named(unit);
  const bins = Array.from({ length: count }, (_, i): Bin => {
    const position = at.get(i);
    const label = number(low + i * unit);
    return binOf(position === undefined ? [] : [position], label, `${name} ${label}`.trim());
  });
  return { bins, first: low, step: unit };
}

/** More bins than this are not drawn at their distance. */
const mostEmpty = 400;

/** What a bin holds of all its numbers together; null when none of them has any. */
function sumOf(values: readonly (number | null)[] | undefined, { at }: Bin): number | null {
  const own = at.flatMap((i) => values?.[i] ?? []);
  return own.length === 0 ? null : own.reduce((sum, n) => sum + n, 0);
}

/** What picking a bin means: every number in it. */
function filtersOf({ categories: [first, ...others] }: Bin): Filter[] {
  return (first?.filters ?? []).map((f, i) => (others.length === 0 ? f : { ...f, values: [...(f.values ?? []), ...others.flatMap((c) => c.filters[i]?.values ?? [])] }));
}

interface Level {
  id: string;
  value: number;
  words: string;
}

/** "Median 4.8 days", "85% within 7.5 days". */
function levelsOf(result: Result): Level[] {
  return result.values.slice(1).flatMap((info: ValueInfo, i): Level[] => {
    const n = result.total.values[i + 1] ?? null;
    if (n === null) return [];
    const said = value(n, info).replace(/ days?$/, ' d');
    const share = /(\d+)(?:st|nd|rd|th)\s+percentile/i.exec(info.name)?.[1] ?? /^p(\d+)$/i.exec(info.name)?.[1];
    return [{ id: `level${i}`, value: n, words: share ? `${share}% within ${said}` : /median/i.test(info.name) ? `Median ${said}` : `${info.name} ${said}` }];
  });
}

function build(input: ChartInput): ChartModel {
  const { palette, size, tile } = input;
  const plot = readPlot(input.result);
  const { bins, first, step } = binsOf(plot);
  const s = plot.series[0];
  const shape = s?.value ?? { format: 'integer' };
  const numberOf = (b: Bin) => sumOf(s?.values, b);
  const partOf = (b: Bin) => sumOf(s?.parts, b);
  const picked = (b: Bin) => isPicked(filtersOf(b), input.selection);
  const levels = first === null ? [] : [...levelsOf(input.result), ...constants(input)];
  const scale = niceScale(bins.flatMap((b) => [numberOf(b), partOf(b)]), partsFor(size.height - 50), shape.format === 'integer');
  const left = Math.ceil(widest(scale.ticks.map((t) => axisValue(t, shape)))) + 8;
  const top = levels.length > 0 ? 24 : 10;
  const titled = !tile && size.height >= 140 && first !== null;
  const width = Math.max(24, size.width - left - 8);
  const band = width / Math.max(1, bins.length);
  const labels = first === null ? nameLabels(bins.map((b) => b.label), band, 11) : everyNth(bins, band);
  const lines = Math.max(1, ...labels.map((l) => l.split('\n').length));
  const area: Rect = { x: left, y: top, width, height: Math.max(16, size.height - top - 8 - lines * 15 - (titled ? 15 : 0)) };
  const at = (v: number) => area.y + area.height * (1 - (v - scale.min) / (scale.max - scale.min));
  const foot = at(0);
  // Bins touch but for a hairline; very thin ones keep most of their width.
  const gap = band > 12 ? Math.max(1, band * 0.1) : band > 4 ? 1 : 0;
  const soft = palette.highlight.wholeOpacity;
  const strength = (b: Bin) => (plot.highlighted ? soft : (input.selection?.length ?? 0) > 0 && !picked(b) ? palette.highlight.unselectedMarkOpacity : 1);
  const paint = (b: Bin) => categoryOfAxisPaint(input.visual, plot.axis, b.categories[0]?.index ?? 0, palette, input.colors).color;
  const bar = (id: string, heightOf: (b: Bin) => number | null, opacity: (b: Bin) => number, z: number) => ({
    id,
    type: 'bar',
    silent: true,
    z,
    barWidth: Math.max(1, band - gap),
    barGap: '-100%',
    data: bins.map((b) => ({ value: heightOf(b), itemStyle: { color: paint(b), opacity: opacity(b), borderRadius: band > 6 ? [2, 2, 0, 0] : 0 } })),
  });
  const marks = bins.flatMap((b, category): Mark[] => {
    const n = numberOf(b);
    const [own] = b.categories;
    if (n === null || !own || !s) return [];
    const head = b.words;
    const said = partOfWhole(partOf(b), n, s.value, plot.highlighted);
    return [
      {
        key: `c${own.key}`,
        rect: { x: area.x + category * band + gap / 2, y: at(n), width: Math.max(1, band - gap), height: Math.max(2, foot - at(n)) },
        hit: { x: area.x + category * band, y: 0, width: band, height: size.height },
        category,
        part: 0,
        name: `${head}: ${said}`,
        head,
        tip: [{ color: paint(b), name: s.name, value: said }],
        filters: filtersOf(b),
        selected: picked(b),
      },
    ];
  });
  const name = plot.axis?.name ?? '';
  return {
    option: {
      ...base,
      grid: grid(area, size),
      xAxis: categoryAxis(palette, labels, { axisLabel: { ...text(palette), show: true, interval: 0, margin: 8, lineHeight: 14, formatter: (_: string, i: number) => labels[i] ?? '' } }),
      yAxis: valueAxis(palette, scale, (v) => axisValue(v, shape)),
      series: [bar('bins', numberOf, strength, 2), ...(plot.highlighted ? [bar('bins:part', partOf, () => 1, 3)] : [])],
      graphic: {
        elements: [
          ...levelLines(input, levels, area, (v) => area.x + Math.min(bins.length - 0.5, (v - (first ?? 0)) / step) * band),
          ...(titled ? [textElement('axisName', area.x + area.width / 2, size.height - 7, name, text(palette), 'center')] : []),
        ],
      },
    },
    marks,
    along: 'row',
  };
}

/** Lines that the visual itself places on the axis. */
function constants(input: ChartInput): Level[] {
  return (input.visual.options.lines ?? []).flatMap((l, i) => (l.kind === 'constant' && l.value !== undefined ? [{ id: `constant${i}`, value: l.value, words: l.label ?? inWords(l.value, { name: '', format: 'decimal1', additive: false, direction: 'neutral' }) }] : []));
}

/** Labels of whole numbers, every 1, 2, 5, 10 …: as many as stand free of each other. */
function everyNth(bins: readonly Bin[], band: number): string[] {
  const width = widest(bins.map((b) => b.label)) + 10;
  const step = [1, 2, 4, 5, 10, 20, 25, 50, 100, 200].find((n) => n * band >= Math.max(width, 30)) ?? bins.length;
  return bins.map((b, i) => (i % step === 0 ? b.label : ''));
}

/** A bin of whole days holds everything from its number up to the next: its value n stands at its left edge. */
function levelLines(input: ChartInput, levels: readonly Level[], area: Rect, at: (v: number) => number): object[] {
  const { palette } = input;
  const style = text(palette, 11, 600, palette.color.neutral.text1);
  let taken = -Infinity;
  return levels.toSorted((a, b) => a.value - b.value).flatMap((l, i, all) => {
    const x = Math.round(at(l.value)) + 0.5;
    if (x < area.x - 1 || x > area.x + area.width + 1) return [];
    const width = textWidth(l.words, 11, 600);
    // The first of two leans to the left of its line, the last one to the right, so that close ones do not meet.
    const wanted = all.length > 1 && i === 0 ? x - width + 2 : all.length > 1 ? x - 2 : x - width / 2;
    const left = Math.max(taken, Math.min(Math.max(area.x - 24, wanted), area.x + area.width - width));
    taken = left + width + 10;
    return [dashed(l.id, { x1: x, y1: area.y - 4, x2: x, y2: area.y + area.height }, palette.color.measure.ink), textElement(`${l.id}:name`, left, area.y - 12, l.words, style)];
  });
}

export const histogram: ChartType = { build, legend: () => [] };
