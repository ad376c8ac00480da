// Lines over days, periods or ordered names. Null is a gap; a period that is not finished is dashed.
import type { Rect } from './geometry';
import { alongLabels, edgeToEdge, endNames, endRoom, lastValue, seriesPaint, seriesTip, stripMarks, tailed, type EndName } from './lineParts';
import type { ChartInput, ChartModel, ChartType, LegendItem } from './model';
import { niceScale, partsFor } from './niceScale';
import { base, categoryAxis, grid, valueAxis } from './option';
import { asOfBar, flagRoom } from './asOf';
import { mix } from './colors';
import { readPlot, type Plot } from './plot';
import { crossDrawing, crossLines, crossRoom } from './referenceLines';
import { secondDay } from './secondDay';
import { widest } from './textWidth';
import { axisValue, plainValue } from '../format/values';

/** More lines than this are told apart by a legend, not by names at their ends. */
const mostNamed = 4;

function namesOf(plot: Plot, crossed: boolean): Omit<EndName, 'y'>[] {
  if (plot.series.length > mostNamed || (crossed && plot.series.length === 1)) return [];
  return plot.series.flatMap((s) => {
    const end = lastValue(s.values);
    return end < 0 ? [] : [{ id: `end:${s.id}`, strong: plainValue(s.values[end] ?? null, s.value), name: s.name }];
  });
}

/** A value alone between two gaps has no line to show it: it gets a dot. */
function isLone(values: readonly (number | null)[], i: number): boolean {
  return values[i] !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null;
}

/** After the as-of day a line alone is grey; of several each stays told apart, faintly. */
function later(input: ChartInput, plot: Plot, color: string): string {
  const { measure, neutral } = input.palette.color;
  return plot.series.length === 1 ? measure.compare : mix(color, neutral.card, 0.55);
}

function lineSeries(input: ChartInput, plot: Plot): object[] {
  const { palette } = input;
  return plot.series.flatMap((s, i) => {
    const { color } = seriesPaint(input, plot, i);
    const end = lastValue(s.values);
    const common = {
      type: 'line',
      silent: true,
      connectNulls: false,
      showAllSymbol: true,
      symbol: 'circle',
      itemStyle: { color },
      z: 3 + plot.series.length - i,
      emphasis: { focus: 'series', lineStyle: {} },
      blur: { lineStyle: { opacity: palette.highlight.hoverOthersOpacity }, itemStyle: { opacity: palette.highlight.hoverOthersOpacity } },
    };
    const width = i === 0 ? 2.25 : 2;
    const symbolSize = (_: unknown, p: { dataIndex: number }) => (p.dataIndex === end ? 7 : isLone(s.values, p.dataIndex) ? 5 : 0);
    const drawn: object[] = tailed(s.id, s.values, plot, (id, data, stretch) => ({
      ...common,
      id,
      data,
      symbolSize,
      lineStyle: { color: stretch === 'later' ? later(input, plot, color) : color, width: stretch === 'later' ? 1.75 : width, type: stretch === 'whole' ? 'solid' : 'dashed' },
      ...(stretch === 'later' ? { itemStyle: { color: later(input, plot, color) } } : {}),
    }));
    // Along names the second day is a line of its own.
    if (plot.compared) drawn.push({ ...common, id: `${s.id}:then`, data: s.compared, symbolSize: 0, z: 2, lineStyle: { color: palette.color.measure.compare, width: 1.5, type: 'dashed' } });
    return drawn;
  });
}

function build(input: ChartInput): ChartModel {
  const { palette, size, result } = input;
  const plot = readPlot(result);
  const shape = plot.series[0]?.value ?? { format: 'integer' };
  const across = crossLines(input.visual, plot);
  const all = [...plot.series.flatMap((s) => [...s.values, ...s.compared]), ...across.map((a) => a.value)];
  const scale = niceScale(all, partsFor(size.height - 36), shape.format === 'integer');
  const names = namesOf(plot, across.length > 0);
  const ended = names.length > 0 ? endRoom(names, size) : { width: 20, named: false };
  // A line across is named where lines end: with both, the values alone stay.
  const room = across.length > 0 && !input.tile ? { width: Math.max(ended.width, crossRoom(across)), named: ended.named } : ended;
  const flag = flagRoom(plot);
  const foot = plot.levels.length > 0 ? 48 : 34;
  const left = Math.ceil(widest(scale.ticks.map((t) => axisValue(t, shape)))) + 8;
  const area: Rect = { x: left, y: 10 + flag, width: Math.max(24, size.width - left - room.width), height: Math.max(16, size.height - foot - flag) };
  const labels = alongLabels(plot, area.width, result.asOf);
  const at = (v: number) => area.y + area.height * (1 - (v - scale.min) / (scale.max - scale.min));
  const middle = edgeToEdge(area, plot.categories.length);
  const ends = plot.series.flatMap((s) => {
    const name = names.find((n) => n.id === `end:${s.id}`);
    const last = lastValue(s.values);
    return name ? [{ ...name, y: at(s.values[last] ?? 0) }] : [];
  });
  const yOf = (category: number) => {
    const first = plot.series.find((s) => s.values[category] !== null)?.values[category] ?? null;
    return first === null ? null : at(first);
  };
  return {
    option: {
      ...base,
      grid: grid(area, size),
      xAxis: categoryAxis(palette, labels, { boundaryGap: false }),
      yAxis: valueAxis(palette, scale, (n) => axisValue(n, shape)),
      series: lineSeries(input, plot),
      graphic: { elements: [...endNames(palette, ends, area.x + area.width + 9, area, room.named, room.width), ...crossDrawing(input, across, area, at, across.length > 0 && !input.tile), ...asOfBar(input, plot, area, middle)] },
    },
    marks: stripMarks(input, plot, area, middle, yOf, (c) => seriesTip(input, plot, c)),
    along: 'row',
  };
}

function legend(input: Pick<ChartInput, 'result' | 'palette' | 'colors'>): LegendItem[] {
  const plot = readPlot(input.result);
  const then: LegendItem[] = plot.compared ? [{ key: 'compared', name: secondDay(input.result), color: input.palette.color.measure.compare, kind: 'dashed', filters: [] }] : [];
  if (plot.series.length <= mostNamed) return then;
  return [...plot.series.map((s, i): LegendItem => ({ key: s.id, name: s.name, color: seriesPaint(input, plot, i).color, kind: 'line', filters: s.filters })), ...then];
}

export const line: ChartType = { build, legend };
