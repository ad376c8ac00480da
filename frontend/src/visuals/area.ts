// Stacked areas: solid bands in field order from below, named at the right in the middle of each band.
import type { Rect } from './geometry';
import { alongLabels, edgeToEdge, endNames, endRoom, lastValue, seriesPaint, seriesTip, stripMarks, type EndName } from './lineParts';
import { isBoardColumn } from './colors';
import type { ChartInput, ChartModel, ChartType, LegendItem } from './model';
import { niceScale, partsFor } from './niceScale';
import { base, categoryAxis, grid, valueAxis } from './option';
import { asOfBar, flagRoom } from './asOf';
import { readPlot, type Plot } from './plot';
import { crossDrawing, crossLines } from './referenceLines';
import { widest } from './textWidth';
import { axisValue, plainValue } from '../format/values';

/** More bands than this are told apart by a legend. */
const mostNamed = 6;

/** In a flow of work what is done lies at the bottom and what is new on top; else bands lie in field order from below. */
function flowing(plot: Plot): Plot {
  const lanes = plot.legend;
  const done = lanes && (isBoardColumn(lanes) || lanes.members.some((m) => (lanes.role === 'stateCategory' ? m.value : m.category) === 'Completed'));
  return done ? { ...plot, series: plot.series.toReversed() } : plot;
}

/** The top of every band: a running sum in which null adds nothing. */
function tops(plot: Plot): number[][] {
  const sum = plot.categories.map(() => 0);
  return plot.series.map((s) => s.values.map((v, i) => (sum[i] = (sum[i] ?? 0) + (v ?? 0))));
}

function bands(input: ChartInput, plot: Plot): object[] {
  const { palette } = input;
  const { wholeOpacity, hoverOthersOpacity } = palette.highlight;
  return plot.series.flatMap((s, i) => {
    const { color } = seriesPaint(input, plot, i);
    const band = (id: string, data: (number | null)[], opacity: number, edge: boolean) => ({
      id,
      type: 'line',
      stack: 'all',
      silent: true,
      symbol: 'none',
      data,
      z: 2,
      lineStyle: { color: palette.color.neutral.card, width: edge ? 1 : 0 },
      itemStyle: { color },
      areaStyle: { color, opacity },
      emphasis: { focus: 'series' },
      blur: { areaStyle: { opacity: hoverOthersOpacity } },
    });
    if (plot.asOfAt >= 0) {
      const { asOfAt } = plot;
      const later = band(`${s.id}:later`, s.values.map((v, c) => (c < asOfAt ? null : v)), wholeOpacity, true);
      return [band(s.id, s.values.map((v, c) => (c > asOfAt ? null : v)), 1, true), { ...later, stack: 'later' }];
    }
    // The remainder is always there, empty while nothing is lit: bands stack in the order they first came.
    if (!plot.highlighted) return [band(s.id, s.values, 1, true), band(`${s.id}:rest`, [], 0, false)];
    return [
      band(s.id, s.values.map((v, c) => (v === null ? null : (s.parts[c] ?? 0))), 1, false),
      band(`${s.id}:rest`, s.values.map((v, c) => (v === null ? null : v - (s.parts[c] ?? 0))), wholeOpacity, true),
    ];
  });
}

function namesOf(plot: Plot): Omit<EndName, 'y'>[] {
  if (plot.series.length > mostNamed || plot.series.length < 2) return [];
  return plot.series.flatMap((s) => {
    const end = lastValue(s.values);
    return end < 0 ? [] : [{ id: `end:${s.id}`, strong: plainValue(s.values[end] ?? null, s.value), name: s.name }];
  });
}

function build(input: ChartInput): ChartModel {
  const { palette, size, result } = input;
  const plot = flowing(readPlot(result));
  const shape = plot.series[0]?.value ?? { format: 'integer' };
  const sums = tops(plot);
  const scale = niceScale(sums[sums.length - 1] ?? [], partsFor(size.height - 36), shape.format === 'integer');
  const names = namesOf(plot);
  const room = names.length > 0 ? endRoom(names, size) : { width: 20, named: false };
  const left = Math.ceil(widest(scale.ticks.map((t) => axisValue(t, shape)))) + 8;
  const flag = flagRoom(plot);
  const foot = plot.levels.length > 0 ? 48 : 34;
  const area: Rect = { x: left, y: 10 + flag, width: Math.max(24, size.width - left - room.width), height: Math.max(16, size.height - foot - flag) };
  const at = (v: number) => area.y + area.height * (1 - (v - scale.min) / (scale.max - scale.min));
  const ends = plot.series.flatMap((s, i) => {
    const name = names.find((n) => n.id === `end:${s.id}`);
    const last = lastValue(s.values);
    const top = sums[i]?.[last] ?? 0;
    return name ? [{ ...name, y: at(top - (s.values[last] ?? 0) / 2) }] : [];
  });
  const middle = edgeToEdge(area, plot.categories.length);
  const crest = sums[sums.length - 1] ?? [];
  const yOf = (c: number) => (plot.series.every((s) => s.values[c] === null) ? null : at(crest[c] ?? 0));
  return {
    option: {
      ...base,
      grid: grid(area, size),
      xAxis: categoryAxis(palette, alongLabels(plot, area.width, result.asOf), { boundaryGap: false }),
      yAxis: valueAxis(palette, scale, (n) => axisValue(n, shape)),
      series: bands(input, plot),
      graphic: { elements: [...endNames(palette, ends, area.x + area.width + 8, area, room.named, room.width), ...crossDrawing(input, crossLines(input.visual, plot), area, at, false), ...asOfBar(input, plot, area, middle)] },
    },
    marks: stripMarks(input, plot, area, middle, yOf, (c) => seriesTip(input, plot, c).toReversed()),
    along: 'row',
  };
}

function legend(input: Pick<ChartInput, 'result' | 'palette' | 'colors'>): LegendItem[] {
  const plot = readPlot(input.result);
  if (plot.series.length <= mostNamed) return [];
  return plot.series.map((s, i) => ({ key: s.id, name: s.name, color: seriesPaint(input, plot, i).color, kind: 'square', filters: s.filters }));
}

export const area: ChartType = { build, legend };
