// Lines over days, periods or ordered names. Null is a gap; a period that is not finished is dashed.
import type { Rect } from './geometry';
import { alongLabels, edgeToEdge, endNames, endRoom, lastValue, seriesPaint, seriesTip, stripMarks, tailed, type EndName } from './lineParts';
import type { ChartInput, ChartModel, ChartType, LegendItem } from './model';
import { niceScale, partsFor } from './niceScale';
import { base, categoryAxis, grid, valueAxis } from './option';
import { readPlot, type Plot } from './plot';
import { widest } from './textWidth';
import { axisValue, plainValue } from '../format/values';

/** More lines than this are told apart by a legend, not by names at their ends. */
const mostNamed = 4;

function namesOf(plot: Plot): Omit<EndName, 'y'>[] {
  if (plot.series.length > mostNamed) return [];
  return plot.series.flatMap((s) => {
    const end = lastValue(s.values);
    return end < 0 ? [] : [{ id: `end:${s.id}`, strong: plainValue(s.values[end] ?? null, s.value), name: s.name }];
  });
}

/** A value alone between two gaps has no line to show it: it gets a dot. */
function isLone(values: readonly (number | null)[], i: number): boolean {
  return values[i] !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null;
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
    return tailed(s.id, s.values, plot, (id, data, dashed) => ({
      ...common,
      id,
      data,
      symbolSize,
      lineStyle: { color, width, type: dashed ? 'dashed' : 'solid' },
    }));
  });
}

function build(input: ChartInput): ChartModel {
  const { palette, size, result } = input;
  const plot = readPlot(result);
  const shape = plot.series[0]?.value ?? { format: 'integer' };
  const all = plot.series.flatMap((s) => s.values);
  const scale = niceScale(all, partsFor(size.height - 36), shape.format === 'integer');
  const names = namesOf(plot);
  const room = names.length > 0 ? endRoom(names, size) : { width: 14, named: false };
  const left = Math.ceil(widest(scale.ticks.map((t) => axisValue(t, shape)))) + 8;
  const area: Rect = { x: left, y: 10, width: Math.max(24, size.width - left - room.width), height: Math.max(16, size.height - 34) };
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
      graphic: { elements: endNames(palette, ends, area.x + area.width + 9, area, room.named, room.width) },
    },
    marks: stripMarks(input, plot, area, middle, yOf, (c) => seriesTip(input, plot, c)),
    along: 'row',
  };
}

function legend(input: Pick<ChartInput, 'result' | 'palette' | 'colors'>): LegendItem[] {
  const plot = readPlot(input.result);
  if (plot.series.length <= mostNamed) return [];
  return plot.series.map((s, i) => ({ key: s.id, name: s.name, color: seriesPaint(input, plot, i).color, kind: 'line', filters: s.filters }));
}

export const line: ChartType = { build, legend };
