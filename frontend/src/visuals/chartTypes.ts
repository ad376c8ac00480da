// Which conversion draws which visual type. Cards, tables and matrices are not charts.
import type { VisualType } from '../backend/types';
import { area } from './area';
import { bar } from './bar';
import { burndown } from './burndown';
import { column } from './column';
import { combo } from './combo';
import { donut } from './donut';
import { line } from './line';
import type { ChartType } from './model';

export const chartTypes: Partial<Record<VisualType, ChartType>> = { bar, column, line, area, combo, donut, burndown };

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
