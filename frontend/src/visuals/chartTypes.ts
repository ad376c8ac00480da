// Which conversion draws which visual type. Cards, tables, matrices, texts and pictures are not charts.
import type { VisualType } from '../backend/types';
import { area } from './area';
import { bar } from './bar';
import { burndown } from './burndown';
import { column } from './column';
import { combo } from './combo';
import { control } from './control';
import { donut } from './donut';
import { histogram } from './histogram';
import { line } from './line';
import type { ChartType } from './model';
import { percentiles } from './percentiles';
import { scatter } from './scatter';
import { velocity } from './velocity';

export const chartTypes: Partial<Record<VisualType, ChartType>> = {
  bar,
  column,
  line,
  area,
  combo,
  donut,
  pie: donut,
  burndown,
  velocity,
  control,
  scatter,
  histogram,
  percentiles,
};

/** How a screen reader names each type. */
export const kindInWords: Record<VisualType, string> = {
  card: 'Card',
  bar: 'Bar chart',
  column: 'Column chart',
  line: 'Line chart',
  area: 'Area chart',
  combo: 'Column and line chart',
  donut: 'Donut chart',
  burndown: 'Burndown',
  table: 'Table',
  matrix: 'Matrix',
  pie: 'Pie chart',
  velocity: 'Velocity chart',
  control: 'Control chart',
  scatter: 'Scatter chart',
  histogram: 'Histogram',
  percentiles: 'Percentile chart',
  heat: 'Heat table',
  text: 'Text',
  image: 'Picture',
};
