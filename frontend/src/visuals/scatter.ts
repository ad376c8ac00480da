// A scatter: one dot per group, its first value along, its second one up, a third one its area. A legend colours.
import type { Member, Result, Row, ValueInfo } from '../backend/types';
import { axisValue, value } from '../format/values';
import { memberPaint } from './colors';
import { dotSeries, mostElements, ring, type Dot } from './dots';
import { isPicked, memberFilters } from './filters';
import type { Rect } from './geometry';
import type { ChartInput, ChartModel, ChartType, LegendItem, Mark } from './model';
import { niceScale, partsFor } from './niceScale';
import { base, grid, text, textElement, valueAxis } from './option';
import { crossDrawing, percentile } from './referenceLines';
import { cut, widest } from './textWidth';
import { memberInWords } from './wording';

const smallest = 7;
const largest = 34;

interface Place {
  row: Row;
  member: Member;
  legend: number;
  x: number;
  y: number;
  size: number | null;
}

/** The dimension that colours: the first column group, else a second row group. */
const legendAt = (result: Result) => (result.dimensions.length > 1 ? (result.rowGroups < result.dimensions.length ? result.rowGroups : 1) : -1);

/** Rows that have both values; a null is not a place. */
function placesOf(result: Result): Place[] {
  const at = legendAt(result);
  return result.rows.flatMap((row): Place[] => {
    const [x = null, y = null, size = null] = row.values;
    const member = result.dimensions[0]?.members[row.keys[0] ?? -1] ?? { value: null, label: 'All' };
    return x === null || y === null ? [] : [{ row, member, legend: row.keys[at] ?? -1, x, y, size }];
  });
}

const unknown: ValueInfo = { name: '', format: 'decimal1', additive: false, direction: 'neutral' };

function build(input: ChartInput): ChartModel {
  const { palette, size, result, tile } = input;
  const places = placesOf(result);
  const [along = unknown, up = unknown, area = undefined] = result.values;
  const lines = (input.visual.options.lines ?? []).flatMap((l, i) => {
    const ys = places.map((p) => p.y);
    const n = l.kind === 'constant' ? (l.value ?? null) : l.kind === 'median' ? percentile(ys, 0.5) : ys.length > 0 ? ys.reduce((sum, y) => sum + y, 0) / ys.length : null;
    return n === null ? [] : [{ id: `across${i}`, value: n, strong: value(n, up), words: l.label ?? l.kind }];
  });
  const rising = niceScale([...places.map((p) => p.y), ...lines.map((l) => l.value)], partsFor(size.height - 56), up.format === 'integer');
  const left = Math.ceil(widest(rising.ticks.map((t) => axisValue(t, up)))) + 8;
  const going = niceScale(places.map((p) => p.x), Math.max(2, Math.min(6, Math.floor((size.width - left) / 90))), along.format === 'integer');
  const named = !tile && size.height >= 150;
  const plot: Rect = { x: left, y: named ? 24 : 10, width: Math.max(24, size.width - left - 18), height: Math.max(16, size.height - (named ? 24 : 10) - (named ? 42 : 26)) };
  const x = (v: number) => plot.x + ((v - going.min) / (going.max - going.min)) * plot.width;
  const y = (v: number) => plot.y + plot.height * (1 - (v - rising.min) / (rising.max - rising.min));
  const most = Math.max(0, ...places.map((p) => p.size ?? 0));
  const diameter = (p: Place) => (area && most > 0 ? Math.max(smallest, Math.sqrt(Math.max(0, p.size ?? 0) / most) * largest) : smallest + 2);
  const dimension = result.dimensions[0] ?? null;
  const legend = result.dimensions[legendAt(result)];
  const dots: Dot[] = [];
  const rings: object[] = [];
  // Large ones first, so that small ones lie on them; the keys walk from left to right.
  const marks = places.map((p, i): Mark => {
    const color = legend ? memberPaint(legend, p.legend, palette, input.colors).color : palette.color.measure.main;
    const filters = [...(dimension ? memberFilters(dimension, p.member) : []), ...(legend?.members[p.legend] ? memberFilters(legend, legend.members[p.legend] as Member) : [])];
    const wide = diameter(p);
    const hit = Math.max(14, wide);
    const selected = isPicked(filters, input.selection);
    dots.push({ x: p.x, y: p.y, size: wide, color, picked: selected });
    if (selected) rings.push(ring(`ring${i}`, x(p.x), y(p.y), wide, palette.color.neutral.text1));
    const tip = result.values.flatMap((info, k) => {
      const n = p.row.values[k] ?? null;
      return n === null ? [] : [{ ...(k === 0 ? { color } : {}), name: info.name, value: value(n, info) }];
    });
    const split = legend?.members[p.legend]?.label;
    const head = [memberInWords(dimension, p.member), split].filter(Boolean).join(', ');
    return {
      key: `d${JSON.stringify(filters.map((f) => f.values))}`,
      rect: { x: x(p.x) - wide / 2, y: y(p.y) - wide / 2, width: wide, height: wide },
      hit: { x: x(p.x) - hit / 2, y: y(p.y) - hit / 2, width: hit, height: hit },
      category: i,
      part: 0,
      name: `${head}: ${tip.map((t) => `${t.name} ${t.value}`).join(', ')}`,
      head,
      tip,
      filters,
      selected,
    };
  });
  const ordered = marks.toSorted((a, b) => a.rect.x + a.rect.width / 2 - (b.rect.x + b.rect.width / 2)).map((m, i) => ({ ...m, category: i }));
  return {
    option: {
      ...base,
      grid: grid(plot, size),
      xAxis: { ...valueAxis(palette, going, (n) => axisValue(n, along), { splitLine: { show: false } }), id: 'along', axisLine: { show: true, lineStyle: { color: palette.color.neutral.axis } } },
      yAxis: valueAxis(palette, rising, (n) => axisValue(n, up)),
      series: dotSeries(input, dots.toSorted((a, b) => b.size - a.size)),
      graphic: {
        elements: [
          ...(named
            ? [
                textElement('upName', 0, 7, cut(up.name, size.width - 8, 11), text(palette)),
                textElement('alongName', plot.x + plot.width / 2, size.height - 7, cut(along.name, plot.width, 11), text(palette), 'center'),
              ]
            : []),
          ...crossDrawing(input, lines, plot, y, false),
          ...lines.map((l) => textElement(`${l.id}:words`, plot.x + plot.width, y(l.value) - 8, `${l.strong} ${l.words}`, text(palette), 'right')),
          ...rings,
        ],
      },
    },
    marks: ordered,
    along: 'row',
    ...(dots.length > mostElements ? { many: true } : {}),
  };
}

function legendItems(input: Pick<ChartInput, 'result' | 'palette' | 'colors'>): LegendItem[] {
  const { result, palette, colors } = input;
  const legend = result.dimensions[legendAt(result)];
  if (!legend) return [];
  const met = new Set(placesOf(result).map((p) => p.legend));
  return legend.members.flatMap((m, i) => (met.has(i) ? [{ key: `l${i}`, name: m.label, color: memberPaint(legend, i, palette, colors).color, kind: 'dot' as const, filters: memberFilters(legend, m) }] : []));
}

export const scatter: ChartType = { build, legend: legendItems };
