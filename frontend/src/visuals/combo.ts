// Columns of the first measure, lines of the others, over the same categories and, where they measure
// alike, the same axis.
import { barLegend, barMarks, barSeries, barTip } from './barParts';
import { columnLayout, columnNames, columnPlaces } from './column';
import { tailed } from './lineParts';
import type { ChartInput, ChartModel, ChartType, LegendItem } from './model';
import { asOfBar } from './asOf';
import { niceScale, partsFor } from './niceScale';
import { base, grid, valueAxis } from './option';
import { readPlot, type Plot, type Series } from './plot';
import { widest } from './textWidth';
import { inWords } from './wording';
import { axisValue } from '../format/values';

interface Parts {
  columns: Plot;
  lines: Series[];
}

function split(plot: Plot): Parts {
  const columns = plot.series.filter((s) => s.valueIndex === 0);
  // A line has one value per category; a legend splits the columns only.
  const lines = plot.series.filter((s) => s.valueIndex > 0 && (plot.legend === null || s.legendIndex === 0));
  // The totals that were computed are of one measure alone.
  return { columns: { ...plot, series: columns, totals: [] }, lines };
}

/** Ink for the first line, then grey and others; an ideal is grey and dashed wherever it stands. */
function stroke(s: Series, position: number, palette: ChartInput['palette']): { color: string; dashed: boolean } {
  const { measure, categorical } = palette.color;
  const dashed = isIdeal(s);
  return { color: dashed ? measure.compare : ([measure.ink, measure.compare, categorical.c3, categorical.c2][position] ?? categorical.other), dashed };
}

const isIdeal = (s: Series) => /\bideal\b|\btarget\b/i.test(s.value.measure || s.value.name);

function build(input: ChartInput): ChartModel {
  const { palette, size, result, tile } = input;
  const { columns, lines } = split(readPlot(result, input.visual.options.layout));
  const shape = columns.series[0]?.value ?? { format: 'integer', unit: '' };
  const alike = lines.every((s) => s.value.format === shape.format && s.value.unit === shape.unit);
  const over = lines[0]?.value ?? { format: 'integer' };
  const own = niceScale(lines.flatMap((s) => s.values), partsFor(size.height - 40), false);
  // What is measured otherwise has its own axis at the right.
  const right = alike || tile ? 10 : Math.ceil(widest(own.ticks.map((t) => axisValue(t, over)))) + 12;
  const l = columnLayout(input, columns, right, alike ? lines.flatMap((s) => s.values) : [0]);
  const scale = alike ? l.scale : own;
  const drawn = lines.flatMap((s, i) => tailed(s.id, s.values, columns, (id, data, stretch) => ({
    id,
    type: 'line',
    silent: true,
    yAxisIndex: alike ? 0 : 1,
    data,
    connectNulls: false,
    symbol: 'circle',
    showAllSymbol: true,
    symbolSize: (_: unknown, p: { dataIndex: number }) => (p.dataIndex === s.values.findLastIndex((v) => v !== null) ? 6 : 0),
    lineStyle: { color: stroke(s, i, palette).color, width: 2, type: stretch === 'whole' && !isIdeal(s) ? 'solid' : 'dashed', opacity: stretch === 'later' ? 0.45 : 1 },
    itemStyle: { color: stroke(s, i, palette).color },
    z: 6,
    emphasis: { focus: 'series', lineStyle: {} },
    blur: { lineStyle: { opacity: palette.highlight.hoverOthersOpacity }, itemStyle: { opacity: palette.highlight.hoverOthersOpacity } },
  })));
  const second = { ...valueAxis(palette, scale, tile ? null : (n) => axisValue(n, over), { splitLine: { show: false } }), id: 'second', position: 'right' };
  const marks = barMarks(input, columns, columnPlaces(columns, l, size.height)).map((m) => {
    const more = lines.flatMap((s, i) => {
      const n = s.values[m.category] ?? null;
      return n === null ? [] : [{ color: stroke(s, i, palette).color, name: s.name, value: inWords(n, s.value) }];
    });
    const tip = [...barTip(input, columns, m.category), ...more];
    return { ...m, tip, name: `${m.head}: ${tip.map((r) => `${r.name} ${r.value}`).join(', ')}` };
  });
  return {
    option: {
      ...base,
      grid: grid(l.area, size),
      xAxis: columnNames(input, columns, l),
      yAxis: [valueAxis(palette, l.scale, (n) => axisValue(n, shape)), ...(alike ? [] : [second])],
      series: [...barSeries(input, columns, { thickness: l.thickness, gap: l.gap, lying: false }), ...drawn],
      graphic: { elements: asOfBar(input, columns, l.area, l.middle) },
    },
    marks,
    along: 'row',
  };
}

function legend(input: Pick<ChartInput, 'visual' | 'result' | 'palette' | 'colors'>): LegendItem[] {
  const plot = readPlot(input.result, input.visual.options.layout);
  const { columns, lines } = split(plot);
  const squares: LegendItem[] =
    columns.series.length > 1
      ? barLegend(input, columns)
      : columns.series.map((s) => ({ key: s.id, name: s.name, color: input.palette.color.measure.main, kind: 'square', filters: [] }));
  return [...squares, ...lines.map((s, i): LegendItem => ({ key: s.id, name: s.value.name, color: stroke(s, i, input.palette).color, kind: isIdeal(s) ? 'dashed' : 'line', filters: [] }))];
}

export const combo: ChartType = { build, legend };
