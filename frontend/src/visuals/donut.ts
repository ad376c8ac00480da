// A ring of parts, or a whole disc, from twelve o'clock, in field order, each named outside. At most five parts; the rest is Other.
import { memberPaint } from './colors';
import { isPicked } from './filters';
import { spread, type Point } from './geometry';
import type { ChartInput, ChartModel, ChartType, Mark } from './model';
import { base, text, twoPartElement } from './option';
import { readPlot, type Plot } from './plot';
import { cut, textWidth } from './textWidth';
import { memberInWords, partOfWhole } from './wording';
import { percent } from '../format/numbers';
import { plainValue } from '../format/values';
import type { Filter, Member } from '../backend/types';

const mostParts = 5;

interface Slice {
  member: Member;
  filters: Filter[];
  color: string;
  value: number;
  part: number | null;
}

function slicesOf(input: Pick<ChartInput, 'palette' | 'colors'>, plot: Plot): Slice[] {
  const s = plot.series[0];
  if (!s || !plot.axis) return [];
  const all: Slice[] = plot.categories.flatMap((c, i) => {
    const n = s.values[i] ?? null;
    if (n === null || n <= 0 || !plot.axis) return [];
    const { color } = memberPaint(plot.axis, c.index, input.palette, input.colors);
    return [{ member: c.member, filters: c.filters, color, value: n, part: s.parts[i] ?? null }];
  });
  if (all.length <= mostParts) return all;
  // The largest keep their place in the field's order; what is left becomes one part.
  const kept = new Set(all.toSorted((a, b) => b.value - a.value).slice(0, mostParts - 1));
  const rest = all.filter((a) => !kept.has(a));
  const values = rest.flatMap((r) => r.filters[0]?.values ?? []);
  const field = plot.axis.field;
  const sum = (of: (r: Slice) => number) => rest.reduce((t, r) => t + of(r), 0);
  return [
    ...all.filter((a) => kept.has(a)),
    {
      member: { value: '', label: 'Other', other: true },
      filters: rest.every((r) => (r.filters[0]?.op ?? 'in') === 'in') ? [{ field, op: 'in', values }] : [],
      color: input.palette.color.categorical.other,
      value: sum((r) => r.value),
      part: plot.highlighted ? sum((r) => r.part ?? 0) : null,
    },
  ];
}

function sector(center: Point, inner: number, outer: number, from: number, to: number): Point[] {
  const steps = Math.max(2, Math.ceil((to - from) / 0.15));
  const at = (radius: number, angle: number) => ({ x: center.x + radius * Math.sin(angle), y: center.y - radius * Math.cos(angle) });
  const arc = (radius: number) => Array.from({ length: steps + 1 }, (_, i) => at(radius, from + ((to - from) * i) / steps));
  return inner === 0 ? [...arc(outer), center] : [...arc(outer), ...arc(inner).toReversed()];
}

function build(input: ChartInput): ChartModel {
  const { palette, size } = input;
  const plot = readPlot(input.result);
  const shape = plot.series[0]?.value;
  const slices = slicesOf(input, plot);
  const total = slices.reduce((t, s) => t + s.value, 0);
  const center = { x: size.width / 2, y: size.height / 2 };
  const said = slices.map((s) => (shape ? partOfWhole(s.part, s.value, shape, plot.highlighted) : String(s.value)));
  const figures = slices.map((s, i) => (plot.highlighted || !shape ? (said[i] ?? '') : plainValue(s.value, shape)));
  const room = Math.max(0, ...slices.map((s, i) => textWidth(figures[i] ?? '', 12, 600) + 4 + textWidth(s.member.label, 12)));
  // The ring gives way to its names, but not below half of what the height allows.
  // Where there is no room for names the marks alone carry them.
  const bare = size.height < 110 || size.width < 170;
  const tall = Math.max(20, size.height / 2 - (bare ? 4 : 18));
  const outer = bare ? Math.min(tall, size.width / 2 - 4) : Math.max(tall / 2, Math.min(tall, size.width / 2 - room - 14));
  const inner = input.visual.type === 'pie' ? 0 : outer * 0.62;
  const data: object[] = [];
  const marks: Mark[] = [];
  const names: object[] = [];
  let angle = 0;
  // Names of thin parts would stand on each other: on each side they are moved apart.
  const heights = slices.map(() => 0);
  const places = slices.map((s) => {
    const middle = angle + (s.value / total) * Math.PI;
    angle += (s.value / total) * 2 * Math.PI;
    return { right: Math.sin(middle) >= 0, y: center.y - (outer + 10) * Math.cos(middle) };
  });
  for (const side of [true, false]) {
    const own = places.flatMap((p, i) => (p.right === side ? [i] : []));
    spread(own.map((i) => places[i]?.y ?? 0), 15, 8, size.height - 8).forEach((y, k) => {
      heights[own[k] ?? -1] = y;
    });
  }
  angle = 0;
  slices.forEach((s, i) => {
    const to = angle + (s.value / total) * 2 * Math.PI;
    const selected = isPicked(s.filters, input.selection);
    const strong = !input.selection?.length || selected ? 1 : palette.highlight.unselectedMarkOpacity;
    const piece = (n: number, opacity: number) => ({ value: n, itemStyle: { color: s.color, opacity, borderColor: palette.color.neutral.card, borderWidth: 1 } });
    if (plot.highlighted) data.push(piece(s.part ?? 0, 1), piece(s.value - (s.part ?? 0), palette.highlight.wholeOpacity));
    else data.push(piece(s.value, strong));
    const outline = sector(center, inner, outer, angle, to);
    const middle = (angle + to) / 2;
    const right = Math.sin(middle) >= 0;
    const lx = center.x + (outer + 10) * Math.sin(middle);
    const ly = heights[i] ?? 0;
    const label = figures[i] ?? '';
    const space = (right ? size.width - lx : lx) - textWidth(label, 12, 600) - 6;
    const styles = { strong: text(palette, 12, 600, palette.color.neutral.text1), rest: text(palette, 12, 400, palette.color.neutral.text2) };
    const element = twoPartElement(`name${i}`, lx, ly, label, ` ${cut(s.member.label, Math.max(24, space), 12)}`, styles);
    if (!bare) names.push(right ? element : { ...element, style: { ...element.style, align: 'right' } });
    const xs = outline.map((p) => p.x);
    const ys = outline.map((p) => p.y);
    const rect = { x: Math.min(...xs), y: Math.min(...ys), width: Math.max(...xs) - Math.min(...xs), height: Math.max(...ys) - Math.min(...ys) };
    const head = memberInWords(plot.axis, s.member);
    marks.push({
      key: `c${JSON.stringify(s.member.value)}${s.member.other ? 'o' : ''}`,
      rect,
      hit: rect,
      outline,
      category: i,
      part: 0,
      name: `${head}: ${said[i]}`,
      head,
      tip: [
        { color: s.color, name: shape?.name ?? '', value: said[i] ?? '' },
        { name: 'Share', value: percent(s.value / total) },
      ],
      filters: s.filters,
      selected,
    });
    angle = to;
  });
  return {
    option: {
      ...base,
      series: [{ id: 'ring', type: 'pie', radius: [inner, outer], center: [center.x, center.y], startAngle: 90, clockwise: true, silent: true, label: { show: false }, labelLine: { show: false }, data }],
      graphic: { elements: names },
    },
    marks,
    along: 'row',
  };
}

export const donut: ChartType = { build, legend: () => [] };
