// What a conversion takes and what it makes. A conversion is a pure function: numbers, colours and a
// size in, a drawing and its marks out. It never asks for data and never touches the page.
import type { EChartsCoreOption } from 'echarts/core';
import type { Filter, Result, Visual } from '../backend/types';
import type { Palette } from '../ui/palette';
import type { ColorBook } from './colorBook';
import type { Point, Rect, Size } from './geometry';

export interface ChartInput {
  visual: Visual;
  result: Result;
  palette: Palette;
  colors: ColorBook;
  size: Size;
  /** The picked marks, when they were picked in this visual; null otherwise. */
  selection: readonly Filter[] | null;
  /** A tile of a dashboard: smaller margins, nothing scrolls. */
  tile?: boolean;
}

/** One line of a tooltip. */
export interface TipRow {
  color?: string;
  name: string;
  value: string;
  strong?: boolean;
}

/** Something a person can point at, reach with the arrow keys and pick. */
export interface Mark {
  /** The same as long as it stands for the same members. */
  key: string;
  /** Where it is drawn. */
  rect: Rect;
  /** What answers to the pointer. */
  hit: Rect;
  /** A second place that answers for it, such as the figure at the end of a bar. */
  also?: Rect;
  /** The exact shape, for marks that are no rectangles. */
  outline?: Point[];
  /** A hairline shown while it is pointed at: where along a line chart one is. */
  guide?: Rect;
  /** Position among the marks: along the axis of categories, then inside one category (0 is the whole). */
  category: number;
  part: number;
  /** Said by a screen reader: "Checkout, Proposed: 9 of 48". */
  name: string;
  head: string;
  tip: TipRow[];
  /** What picking it means; empty when it cannot be picked. */
  filters: Filter[];
  /** What it stands for where it cannot be picked. */
  stands?: Filter[];
  selected: boolean;
  /** The id of its series, to let the others fade under the pointer. */
  seriesId?: string;
}

export interface LegendItem {
  key: string;
  name: string;
  color: string;
  kind: 'square' | 'line' | 'dashed' | 'hatched' | 'hollow' | 'dot' | 'ring';
  /** What picking it means; empty when it cannot be picked. */
  filters: Filter[];
}

export interface ChartModel {
  option: EChartsCoreOption;
  marks: Mark[];
  /** Which arrow keys walk the categories: left and right along a row, up and down a column. */
  along: 'row' | 'column';
  /** So many marks that they are painted, and found by the pointer rather than laid over the drawing. */
  many?: boolean;
  /** The height the drawing needs when it is more than there is; it then scrolls. */
  height?: number;
}

/** A conversion of one visual type. */
export interface ChartType {
  build(input: ChartInput): ChartModel;
  /** In field order; empty when the marks carry their names. */
  legend(input: Omit<ChartInput, 'size' | 'selection'>): LegendItem[];
}
