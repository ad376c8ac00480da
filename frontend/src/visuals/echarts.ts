// The parts of ECharts that the visuals use, and no others. SVG, because its text stays sharp at every
// zoom and can be read by tools; a canvas for thousands of dots, which would be as many elements. All pointing and typing is ours (see MarkLayer).
import { BarChart, LineChart, PieChart, ScatterChart } from 'echarts/charts';
import { GraphicComponent, GridComponent } from 'echarts/components';
import { init, use as register, type EChartsType } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import type { Size } from './geometry';

register([BarChart, LineChart, PieChart, ScatterChart, GridComponent, GraphicComponent, SVGRenderer, CanvasRenderer]);

export type { EChartsType };

/** A chart of a given size in an element, built of elements or painted. */
export function startChart(element: HTMLElement, size: Size, painted = false): EChartsType {
  return init(element, null, { renderer: painted ? 'canvas' : 'svg', ...size });
}

/** Components that are exchanged as a whole: what an option no longer names is gone from the drawing. */
export const exchanged = ['series', 'graphic', 'xAxis', 'yAxis', 'grid'];
