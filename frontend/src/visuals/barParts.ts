// What lying bars and standing columns have in common: colours, series of the chart, marks.
import type { ChartInput, LegendItem, Mark, TipRow } from './model';
import { categoryOfAxisPaint, fillOfValue, meantByName, memberPaint, type Paint } from './colors';
import { isPicked } from './filters';
import type { Rect } from './geometry';
import { isUnfinished, totalAt, type Plot } from './plot';
import { besideIt, isPercent, isStacked, pieces, scaleOf, type Piece } from './stack';
import { changeTo, firstDay, secondDay } from './secondDay';
import { categoryInWords, partOfWhole } from './wording';
import { percent } from '../format/numbers';

export type Paints = (series: number, category: number) => Paint;

/** The colour of each piece: by legend, by category where the field has its own colours, else by measure. */
export function paintsOf({ visual, palette, colors }: Pick<ChartInput, 'visual' | 'palette' | 'colors'>, plot: Plot): Paints {
  return (series, category) => {
    const s = plot.series[series];
    if (plot.legend && s) return memberPaint(plot.legend, s.legendIndex, palette, colors);
    if (plot.series.length > 1) return meantByName(s?.value.measure ?? '', palette) ?? fillOfValue(series, palette);
    return categoryOfAxisPaint(visual, plot.axis, plot.categories[category]?.index ?? 0, palette, colors);
  };
}

/** A legend in field order; none for one series, unless a second day stands beside it. */
export function barLegend(input: Pick<ChartInput, 'visual' | 'result' | 'palette' | 'colors'>, plot: Plot): LegendItem[] {
  const paints = paintsOf(input, plot);
  const hollow: LegendItem[] = besideIt(plot)
    ? [{ key: 'compared', name: secondDay(input.result), color: input.palette.color.measure.compare, kind: 'hollow', filters: [] }]
    : [];
  if (plot.series.length < 2) {
    const now: LegendItem = { key: 'now', name: firstDay(input.result), color: paints(0, 0).color, kind: 'square', filters: [] };
    return hollow.length > 0 ? [now, ...hollow] : [];
  }
  const series = plot.series
    .map((s, i) => ({ s, paint: paints(i, 0) }))
    .filter(({ s }) => s.values.some((v) => v !== null))
    .map(({ s, paint }): LegendItem => ({ key: s.id, name: s.name, color: paint.color, kind: paint.hatched ? 'hatched' : 'square', filters: s.filters }));
  return [...series, ...hollow];
}

export interface BarShape {
  /** Thickness of one bar and the distance between two that stand side by side, in pixels. */
  thickness: number;
  gap: number;
  lying: boolean;
}

/** Whether a piece is to be drawn at full strength: what came after the as-of day is not. */
export function strength(input: ChartInput, plot: Plot, piece: Piece): number {
  if (plot.asOfAt >= 0 && piece.category > plot.asOfAt) return input.palette.highlight.wholeOpacity;
  if (!input.selection || input.selection.length === 0) return 1;
  const filters = [...(plot.categories[piece.category]?.filters ?? []), ...(plot.series[piece.series]?.filters ?? [])];
  return isPicked(filters, input.selection) ? 1 : input.palette.highlight.unselectedMarkOpacity;
}

const hatch = (palette: ChartInput['palette']) => ({
  symbol: 'rect',
  color: palette.color.neutral.strokeControl,
  dashArrayX: [1, 0],
  dashArrayY: [1.5, 4],
  rotation: -Math.PI / 4,
});

/** The series of the chart: one per measure or legend member, two of each when a part is lit. */
export function barSeries(input: ChartInput, plot: Plot, shape: BarShape): object[] {
  const { palette } = input;
  const all = pieces(plot);
  const stacked = isStacked(plot);
  const paints = paintsOf(input, plot);
  const last = new Map<number, number>();
  for (const p of all) if (p.value !== 0) last.set(p.category, Math.max(last.get(p.category) ?? -1, p.series));
  const outer = shape.lying ? [0, 2, 2, 0] : [2, 2, 0, 0];
  const soft = palette.highlight.wholeOpacity;
  const overlay = plot.highlighted && plot.series.length === 1;

  const datum = (p: Piece, n: number | null, opacity: number) => {
    const paint = paints(p.series, p.category);
    const rounded = stacked ? last.get(p.category) === p.series : true;
    const unfinished = isUnfinished(plot, p.category) ? 0.5 : 1;
    return {
      value: n,
      itemStyle: {
        color: paint.color,
        opacity: opacity * unfinished,
        borderRadius: rounded ? outer : 0,
        decal: paint.hatched ? hatch(palette) : null,
        borderColor: palette.color.neutral.card,
        borderWidth: stacked ? 0.5 : 0,
      },
      // Under the pointer the other series fade from where they are, also when they are soft already.
      blur: { itemStyle: { opacity: opacity * unfinished * palette.highlight.hoverOthersOpacity } },
    };
  };
  const series = (id: string, stack: string, data: unknown[], z: number) => ({
    id,
    type: 'bar',
    stack,
    data,
    z,
    silent: true,
    barWidth: shape.thickness,
    barGap: overlay ? '-100%' : `${Math.round((shape.gap / shape.thickness) * 100)}%`,
    emphasis: { focus: 'series', itemStyle: { color: 'inherit' } },
  });

  const drawn = plot.series.flatMap((s, i) => {
    const own = all.filter((p) => p.series === i);
    const row = (make: (p: Piece) => unknown) => {
      const data: unknown[] = plot.categories.map(() => null);
      for (const p of own) data[p.category] = make(p);
      return data;
    };
    if (overlay) {
      return [series(s.id, `${s.id}:whole`, row((p) => datum(p, p.value, soft)), 2), series(`${s.id}:part`, `${s.id}:part`, row((p) => datum(p, p.part, 1)), 3)];
    }
    const whole = row((p) => datum(p, p.to - p.from, strength(input, plot, p)));
    if (!stacked && plot.series.length === 1) return [series(s.id, s.id, whole, 2)];
    // Every segment has its lit part at its own beginning. The chart stacks series in the order they first
    // came, so the remainder is always among them, empty while nothing is lit.
    const stack = stacked ? 'all' : s.id;
    if (!plot.highlighted) return [series(s.id, stack, whole, 2), series(`${s.id}:rest`, stack, [], 2)];
    return [
      series(s.id, stack, row((p) => datum(p, (p.part ?? 0) * scaleOf(plot, p.category), 1)), 2),
      series(`${s.id}:rest`, stack, row((p) => datum(p, (p.value - (p.part ?? 0)) * scaleOf(plot, p.category), soft)), 2),
    ];
  });
  if (!besideIt(plot)) return drawn;
  const hollow = plot.categories.map((_, i) => ({
    value: totalAt(plot, i, 'compared'),
    itemStyle: { color: 'transparent', borderColor: palette.color.measure.compare, borderWidth: 1.25, borderRadius: outer },
  }));
  return [...drawn, series('compared', 'compared', hollow, 2)];
}

/** The lines of a tooltip for one category: every series, the pointed one strong, and the total of a stack. */
export function barTip(input: ChartInput, plot: Plot, category: number, pointed?: number): TipRow[] {
  const paints = paintsOf(input, plot);
  const rows: TipRow[] = [];
  plot.series.forEach((s, i) => {
    const n = s.values[category] ?? null;
    if (n === null && plot.series.length > 1) return;
    const said = partOfWhole(s.parts[category] ?? null, n, s.value, plot.highlighted);
    const shown = isPercent(plot) && n !== null ? `${said} (${percent(n * scaleOf(plot, category), 0)})` : said;
    rows.push({ color: paints(i, category).color, name: s.name, value: shown, strong: i === pointed });
  });
  const shape = plot.series[0]?.value;
  if (isStacked(plot) && shape && rows.length > 1) {
    const sum = (which: 'values' | 'parts') => plot.series.reduce((t, s) => t + (s[which][category] ?? 0), 0);
    rows.push({ name: 'Total', value: partOfWhole(sum('parts'), sum('values'), shape, plot.highlighted) });
  }
  if (plot.compared && shape && (plot.series.length === 1 || isStacked(plot))) {
    rows.push({ name: secondDay(input.result), value: changeTo(totalAt(plot, category), totalAt(plot, category, 'compared'), shape) });
  }
  return rows;
}

/** The marks: one per category, and one per segment where a legend splits it. */
export interface BarPlaces {
  rectOf(p: Piece): Rect;
  /** Everything of a category, from edge to edge. */
  bandOf(category: number): Rect;
  /** Its name beside the plot, and its plot: the name picks the whole where the plot picks segments. */
  nameOf(category: number): Rect;
  lying: boolean;
}

export function barMarks(input: ChartInput, plot: Plot, { rectOf, bandOf, nameOf, lying }: BarPlaces): Mark[] {
  const all = pieces(plot);
  const marks: Mark[] = [];
  plot.categories.forEach((c, category) => {
    const own = all.filter((p) => p.category === category);
    if (own.length === 0) return;
    const head = categoryInWords(plot, c);
    const tip = barTip(input, plot, category);
    const name = tip.length === 1 ? `${head}: ${tip[0]?.value}` : `${head}: ${tip.map((r) => `${r.name} ${r.value}`).join(', ')}`;
    const whole = union(own.map(rectOf));
    const band = bandOf(category);
    marks.push({
      key: `c${c.key}`,
      rect: whole,
      ...(plot.legend ? { hit: nameOf(category), also: beyond(whole, band, lying) } : { hit: band }),
      category,
      part: 0,
      name,
      head,
      tip,
      filters: c.filters,
      selected: isPicked(c.filters, input.selection),
    });
    if (!plot.legend) return;
    own.forEach((p, i) => {
      const s = plot.series[p.series];
      if (!s || p.value === 0) return;
      const filters = [...c.filters, ...s.filters];
      marks.push({
        key: `c${c.key}|${s.id}`,
        rect: rectOf(p),
        hit: across(rectOf(p), band, lying),
        category,
        part: i + 1,
        name: `${head}, ${s.name}: ${partOfWhole(p.part, p.value, s.value, plot.highlighted)}`,
        head,
        tip: barTip(input, plot, category, p.series),
        filters,
        selected: isPicked(filters, input.selection),
        seriesId: s.id,
      });
    });
  });
  return marks;
}

// What is left of a band behind the end of its bar.
function beyond(bar: Rect, band: Rect, lying: boolean): Rect {
  if (!lying) return { ...band, height: Math.max(0, bar.y - band.y) };
  const x = bar.x + bar.width;
  return { ...band, x, width: Math.max(0, band.x + band.width - x) };
}

// A segment answers over the whole thickness of its band: thin bars are hard to meet.
function across(segment: Rect, band: Rect, lying: boolean): Rect {
  return lying ? { ...segment, y: band.y, height: band.height } : { ...segment, x: band.x, width: band.width };
}

function union(rects: Rect[]): Rect {
  const x = Math.min(...rects.map((r) => r.x));
  const y = Math.min(...rects.map((r) => r.y));
  return { x, y, width: Math.max(...rects.map((r) => r.x + r.width)) - x, height: Math.max(...rects.map((r) => r.y + r.height)) - y };
}

/** Whether the picked marks are of this category, whatever part of it. */
export function categoryPicked(input: ChartInput, plot: Plot, category: number): boolean {
  const own = plot.categories[category]?.filters ?? [];
  const onAxis = (input.selection ?? []).filter((f) => own.some((o) => o.field === f.field));
  return isPicked(own, onAxis);
}
