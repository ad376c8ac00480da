// The parts of ECharts that the visuals use, and no others. SVG, because its text stays sharp at every
// zoom and can be read by tools; all pointing and typing is ours (see MarkLayer).
import { BarChart, LineChart, PieChart } from 'echarts/charts';
import { GraphicComponent, GridComponent } from 'echarts/components';
import { init, use as register, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Size } from './geometry';

register([BarChart, LineChart, PieChart, GridComponent, GraphicComponent, SVGRenderer]);

export type { EChartsType };

/** A chart of a given size in an element. */
export function startChart(element: HTMLElement, size: Size): EChartsType {
  return init(element, null, { renderer: 'svg', ...size });
}

/** Components that are exchanged as a whole: what an option no longer names is gone from the drawing. */
export const exchanged = ['series', 'graphic', 'xAxis', 'yAxis', 'grid'];
