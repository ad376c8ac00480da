// Velocity: per sprint what was planned (soft) beside one stack of what became of it: completed, late, incomplete.
// The average is a dashed line with its value at the right end.
import { asOfBar, flagRoom } from './asOf';
import { nameLabels, shortNames } from './column';
import { fade } from './colors';
import { isPicked } from './filters';
import type { Rect } from './geometry';
import type { ChartInput, ChartModel, ChartType, LegendItem, Mark, TipRow } from './model';
import { niceScale, partsFor } from './niceScale';
import { base, categoryAxis, grid, text, valueAxis } from './option';
import { readPlot, type Plot, type Series } from './plot';
import { crossDrawing, crossRoom, type CrossLine } from './referenceLines';
import { textWidth, widest } from './textWidth';
import { inWords, memberInWords } from './wording';
import { dayOf } from '../format/dates';
import { plural } from '../format/numbers';
import { axisValue, plainValue } from '../format/values';

interface Sprints {
  plot: Plot;
  planned: Series | undefined;
  /** The stack from below: completed, late, incomplete, and what is not started where the visual asks for it. */
  done: { series: Series; color: string; hatched?: boolean }[];
  average: { series: Series; value: number | null } | null;
}

/** By the names of the measures; values that were renamed keep the documented order. */
function read({ result, palette }: Pick<ChartInput, 'result' | 'palette'>): Sprints {
  const plot = readPlot(result);
  const { stateCategory } = palette.color;
  const taken = new Set<Series>();
  const named = (pattern: RegExp) => {
    const found = plot.series.find((s) => !taken.has(s) && pattern.test(s.value.measure || s.value.name));
    if (found) taken.add(found);
    return found;
  };
  const average = named(/average/i);
  const planned = named(/planned/i);
  const late = named(/late\b/i);
  const incomplete = named(/incomplete/i);
  const waiting = named(/not started/i);
  const completed = named(/completed/i);
  const parts: [Series | undefined, string][] = [
    [completed, stateCategory.completed],
    [late, fade(stateCategory.completed, 0.5)],
    [incomplete, stateCategory.inProgress],
    [waiting, stateCategory.proposed],
  ];
  return {
    plot,
    planned,
    done: parts.flatMap(([series, color]) => (series ? [{ series, color }] : [])),
    average: average ? { series: average, value: result.total.values[average.valueIndex] ?? null } : null,
  };
}

/** Sprints that are over at the as-of day and have a value: those the average is of (M25). */
function ended(input: Pick<ChartInput, 'result'>, s: Sprints): number[] {
  const day = dayOf(input.result.asOf, input.result.timeZone);
  return s.plot.categories.flatMap((c, i) => {
    const counted = [s.planned, ...s.done.map((d) => d.series)].some((series) => (series?.values[i] ?? null) !== null);
    return counted && c.member.end && c.member.end < day && !c.member.partial ? [i] : [];
  });
}

function averageLine(input: ChartInput, s: Sprints): CrossLine[] {
  const over = ended(input, s);
  const completed = s.done.slice(0, 2).map((d) => d.series);
  const own = over.length > 0 ? over.reduce((sum, i) => sum + completed.reduce((t, c) => t + (c.values[i] ?? 0), 0), 0) / over.length : null;
  // What the program computed is what is shown; only a visual that does not ask for it gets its own mean.
  const value = s.average ? s.average.value : own;
  if (value === null) return [];
  const shape = s.average?.series.value ?? { ...(completed[0]?.value ?? { format: 'decimal1' }), format: 'decimal1' };
  return [{ id: 'average', value, strong: plainValue(value, shape), words: over.length > 0 ? `average of ${plural(over.length, 'sprint')}` : 'average' }];
}

/** Names under the sprints: on a small tile the word before the number gives way: S41. */
function labelsOf(plot: Plot, band: number): string[] {
  const names = plot.categories.map((c) => c.member.label);
  if (widest(names) <= band - 6) return names;
  const short = [...shortNames(names, band - 4, 11)];
  return widest(short) <= band - 4 ? short : nameLabels(short, band, 11);
}

function tipOf(input: ChartInput, s: Sprints, category: number): TipRow[] {
  const rows = [...(s.planned ? [{ series: s.planned, color: input.palette.color.measure.soft }] : []), ...s.done];
  return rows.flatMap(({ series, color }): TipRow[] => {
    const n = series.values[category] ?? null;
    return n === null ? [] : [{ color, name: series.name, value: inWords(n, series.value) }];
  });
}

function build(input: ChartInput): ChartModel {
  const { palette, size, tile } = input;
  const s = read(input);
  const { plot } = s;
  const shape = (s.done[0]?.series ?? s.planned)?.value ?? { format: 'integer' };
  const n = Math.max(1, plot.categories.length);
  const height = (i: number) => s.done.reduce((sum, d) => sum + (d.series.values[i] ?? 0), 0);
  const average = averageLine(input, s);
  const scale = niceScale([...plot.categories.map((_, i) => height(i)), ...(s.planned?.values ?? []), ...average.map((a) => a.value)], partsFor(size.height - 40), false);
  const left = Math.ceil(widest(scale.ticks.map((t) => axisValue(t, shape)))) + 8;
  const narrow = size.width < 260;
  const right = average.length === 0 ? 8 : narrow ? Math.ceil(textWidth(average[0]?.strong ?? '', 13, 600)) + 12 : crossRoom(average);
  const width = Math.max(24, size.width - left - right);
  const band = width / n;
  const labels = labelsOf(plot, band);
  const lines = Math.max(1, ...labels.map((l) => l.split('\n').length));
  const top = 10 + flagRoom(plot);
  const area: Rect = { x: left, y: top, width, height: Math.max(16, size.height - top - 8 - lines * 15) };
  const at = (v: number) => area.y + area.height * (1 - (v - scale.min) / (scale.max - scale.min));
  const middle = (i: number) => area.x + (i + 0.5) * band;
  const two = s.planned ? 2 : 1;
  const gap = two === 2 ? Math.max(1, Math.round(band * 0.03)) : 0;
  const thickness = Math.max(2, Math.min(two === 2 ? 30 : 44, (band * 0.7 - gap) / two));
  const group = thickness * two + gap * (two - 1);

  const picks = plot.categories.map((c) => isPicked(c.filters, input.selection));
  const dimmed = (i: number) => (plot.asOfAt >= 0 && i > plot.asOfAt ? palette.highlight.wholeOpacity : (input.selection?.length ?? 0) > 0 && !picks[i] ? palette.highlight.unselectedMarkOpacity : 1);
  const series = (id: string, stack: string, from: Series, color: string, rounded: (i: number) => boolean) => ({
    id,
    type: 'bar',
    stack,
    silent: true,
    z: 2,
    barWidth: thickness,
    barGap: `${Math.round((gap / thickness) * 100)}%`,
    emphasis: { focus: 'series', itemStyle: { color: 'inherit' } },
    data: from.values.map((value, i) => ({ value, itemStyle: { color, opacity: dimmed(i), borderColor: palette.color.neutral.card, borderWidth: 0.5, borderRadius: rounded(i) ? [2, 2, 0, 0] : 0 } })),
  });
  const uppermost = (i: number) => s.done.findLastIndex((d) => (d.series.values[i] ?? 0) > 0);
  const bars = [
    ...(s.planned ? [series('planned', 'planned', s.planned, palette.color.measure.soft, () => true)] : []),
    ...s.done.map((d, k) => series(d.series.id, 'done', d.series, d.color, (i) => uppermost(i) === k)),
  ];
  const marks = plot.categories.flatMap((c, category): Mark[] => {
    const tip = tipOf(input, s, category);
    if (tip.length === 0) return [];
    const tall = Math.max(height(category), s.planned?.values[category] ?? 0);
    const head = memberInWords(plot.axis, c.member);
    return [
      {
        key: `c${c.key}`,
        rect: { x: middle(category) - group / 2, y: at(tall), width: group, height: Math.max(2, at(0) - at(tall)) },
        hit: { x: area.x + category * band, y: 0, width: band, height: size.height },
        category,
        part: 0,
        name: `${head}: ${tip.map((r) => `${r.name} ${r.value}`).join(', ')}`,
        head,
        tip,
        filters: c.filters,
        selected: picks[category] ?? false,
      },
    ];
  });
  const named = narrow ? average.map((a) => ({ ...a, words: '' })) : average;
  return {
    option: {
      ...base,
      grid: grid(area, size),
      xAxis: categoryAxis(palette, labels, { axisLabel: { ...text(palette), show: true, interval: 0, margin: 8, lineHeight: 14, formatter: (_: string, i: number) => labels[i] ?? '' } }),
      yAxis: valueAxis(palette, scale, (v) => axisValue(v, shape)),
      series: bars,
      graphic: { elements: [...crossDrawing(input, named, area, at, !tile || !narrow), ...asOfBar(input, plot, area, middle)] },
    },
    marks,
    along: 'row',
  };
}

function legend(input: Pick<ChartInput, 'result' | 'palette'>): LegendItem[] {
  const s = read(input);
  const { measure } = input.palette.color;
  const item = (series: Series, color: string): LegendItem => ({ key: series.id, name: series.name.replace(/^Velocity\s+(\p{L})/u, (_, first: string) => first.toUpperCase()).replace(/ items$/, ''), color, kind: 'square', filters: [] });
  return [
    ...(s.planned ? [item(s.planned, measure.soft)] : []),
    ...s.done.map((d) => item(d.series, d.color)),
    { key: 'average', name: 'Average', color: measure.ink, kind: 'dashed', filters: [] },
  ];
}

export const velocity: ChartType = { build, legend };
