// A waterfall: a total, the steps that lead from it to another, that other. Steps up and down are coloured by what they
// mean for the measure. The axis may be cut, and both totals then show the break. It reads a result of one group, whose
// members of the category "total" are totals and all others steps, and one value: of a total its level, of a step its
// change.
import { change, axisValue, plainValue } from '../format/values';
import type { Rect } from './geometry';
import type { ChartInput, ChartModel, ChartType, Mark } from './model';
import { isPicked } from './filters';
import { niceScale, partsFor, type Scale } from './niceScale';
import { nameLabels } from './column';
import { base, categoryAxis, grid, plain, text, textElement, valueAxis } from './option';
import { widest } from './textWidth';
import { memberFilters } from './filters';
import type { Palette } from '../ui/palette';

/** One column, from where to where it stands. */
export interface Step {
  label: string;
  total: boolean;
  /** Of a step its change, of a total its level. */
  amount: number;
  from: number;
  to: number;
}

/** The steps of a result in its order; each begins where the one before ended. */
export function stepsOf(result: ChartInput['result']): Step[] {
  const members = result.dimensions[0]?.members ?? [];
  let level = 0;
  return result.rows.map((row) => {
    const member = members[row.keys[0] ?? -1];
    const amount = row.values[0] ?? 0;
    const total = member?.category === 'total';
    const from = total ? 0 : level;
    level = total ? amount : level + amount;
    return { label: member?.label ?? '', total, amount, from, to: level };
  });
}

/**
 * The scale of the steps. It is cut where the steps take less than a third of a scale from 0: it then begins at a round
 * number below all of them, and every total reaches over the break.
 */
export function scaleOf(steps: readonly Step[], height: number, whole: boolean): { scale: Scale; cut: boolean } {
  const levels = steps.flatMap((s) => (s.total ? [s.to] : [s.from, s.to]));
  const full = niceScale(levels, partsFor(height), whole);
  const low = Math.min(...levels);
  const high = Math.max(...levels);
  if (!(low > 0) || high - low >= (full.max - full.min) / 3 || high === low) return { scale: full, cut: false };
  const spread = niceScale([0, (high - low) * 1.5], partsFor(height), whole);
  const min = Math.floor((low - (high - low) * 0.5) / spread.interval) * spread.interval;
  if (min <= 0) return { scale: full, cut: false };
  const ticks: number[] = [];
  for (let t = min; t < high + spread.interval * (1 - 1e-9); t += spread.interval) ticks.push(Number(t.toPrecision(12)));
  return { scale: { min, max: ticks.at(-1) ?? high, interval: spread.interval, ticks }, cut: true };
}

function colorOf(step: Step, input: Pick<ChartInput, 'palette' | 'result'>): string {
  const { palette, result } = input;
  const { diverging, measure } = palette.color;
  if (step.total) return measure.ink;
  const direction = result.values[0]?.direction ?? 'neutral';
  if (direction === 'neutral') return step.amount > 0 ? measure.main : measure.compare;
  return step.amount > 0 === (direction === 'upIsWorse') ? diverging.worse3 : diverging.better3;
}

interface Layout {
  area: Rect;
  band: number;
  width: number;
  labels: string[];
  scale: Scale;
  cut: boolean;
  at(value: number): number;
  left(category: number): number;
}

function layoutOf({ size, result }: ChartInput, steps: readonly Step[]): Layout {
  const shape = result.values[0] ?? { format: 'integer' };
  const { scale, cut } = scaleOf(steps, size.height - 60, shape.format === 'integer');
  const left = Math.ceil(widest(scale.ticks.map((t) => axisValue(t, shape)))) + 12;
  const width = Math.max(24, size.width - left - 8);
  const band = width / Math.max(1, steps.length);
  const labels = nameLabels(steps.map((s) => s.label), band, steps.length < 8 ? 12 : 11);
  const lines = Math.max(1, ...labels.map((l) => l.split('\n').length));
  const area: Rect = { x: left, y: 22, width, height: Math.max(16, size.height - 22 - 10 - lines * 15) };
  const column = Math.max(4, Math.min(56, band * 0.62));
  return {
    area, band, labels, scale, cut, width: column,
    at: (v) => area.y + area.height * (1 - (v - scale.min) / (scale.max - scale.min)),
    left: (category) => area.x + (category + 0.5) * band - column / 2,
  };
}

function rectOf(l: Layout, step: Step, category: number): Rect {
  const high = l.at(Math.max(step.from, step.to));
  const low = l.at(Math.max(l.scale.min, Math.min(step.from, step.to)));
  return { x: l.left(category), y: high, width: l.width, height: Math.max(2, low - high) };
}

// A white zigzag near the foot of a total: what is drawn there is not to scale.
function breakOf(l: Layout, category: number, palette: Palette): object {
  const x = l.left(category);
  const y = l.area.y + l.area.height - 14;
  const points = Array.from({ length: 7 }, (_, i) => [x - 1 + ((l.width + 2) * i) / 6, y + (i % 2 === 0 ? 2 : -2)]);
  return { id: `break${category}`, type: 'polyline', silent: true, z: 10, shape: { points }, style: { stroke: palette.color.neutral.card, lineWidth: 3, fill: 'none' } };
}

function elements(input: ChartInput, steps: readonly Step[], l: Layout): object[] {
  const { palette, result } = input;
  const shape = result.values[0] ?? { format: 'integer' };
  return steps.flatMap((step, i): object[] => {
    const r = rectOf(l, step, i);
    const up = step.total || step.amount >= 0;
    const words = step.total ? plainValue(step.amount, shape) : change(step.amount, shape);
    const label = textElement(`value${i}`, r.x + r.width / 2, up ? r.y - 10 : r.y + r.height + 10, words, text(palette, 12, 600, palette.color.neutral.text1), 'center');
    const next = steps[i + 1];
    const y = Math.round(l.at(step.to)) + 0.5;
    const line = next && {
      id: `to${i}`, type: 'line', silent: true, z: 1,
      shape: { x1: r.x + r.width, y1: y, x2: l.left(i + 1), y2: y },
      style: { stroke: palette.color.neutral.strokeControl, lineWidth: 1, lineDash: [2, 3] },
    };
    return [label, ...(line ? [line] : []), ...(l.cut && step.total ? [breakOf(l, i, palette)] : [])];
  });
}

function marksOf(input: ChartInput, steps: readonly Step[], l: Layout): Mark[] {
  const { result, selection, size } = input;
  const dimension = result.dimensions[0];
  const shape = result.values[0];
  return steps.flatMap((step, i): Mark[] => {
    const member = dimension?.members[result.rows[i]?.keys[0] ?? -1];
    if (!dimension || !member || !shape) return [];
    const filters = step.total ? [] : memberFilters(dimension, member);
    const words = step.total ? plainValue(step.amount, shape) : change(step.amount, shape);
    const band: Rect = { x: l.area.x + i * l.band, y: 0, width: l.band, height: size.height };
    return [{
      key: String(member.value), rect: rectOf(l, step, i), hit: band, category: i, part: 0, name: `${step.label}: ${words}`, head: step.label,
      tip: [{ name: shape.name, value: words, strong: true }, ...(step.total ? [] : [{ name: `${plainValue(step.from, shape)} to`, value: plainValue(step.to, shape) }])],
      filters, selected: filters.length > 0 && isPicked(filters, selection),
    }];
  });
}

function build(input: ChartInput): ChartModel {
  const { palette, size, selection, result } = input;
  const steps = stepsOf(result);
  const l = layoutOf(input, steps);
  const shape = result.values[0] ?? { format: 'integer' };
  const marks = marksOf(input, steps, l);
  const strength = (i: number) => ((selection?.length ?? 0) > 0 && !steps[i]?.total && !marks[i]?.selected ? 0.5 : 1);
  const bar = { type: 'bar', stack: 'steps', barWidth: l.width, silent: true };
  const under = (s: Step) => (s.total ? 0 : Math.max(l.scale.min, Math.min(s.from, s.to)));
  return {
    option: {
      ...base,
      grid: grid(l.area, size),
      xAxis: categoryAxis(palette, l.labels, {
        axisLabel: { ...text(palette, 12, 400, palette.color.neutral.text2), show: true, interval: 0, margin: 8, lineHeight: 14, formatter: (_: string, i: number) => plain(l.labels[i] ?? '') },
        // Where the axis is cut its foot is no zero, and stands all the same.
        axisLine: { show: true, onZero: !l.cut, lineStyle: { color: palette.color.neutral.axis } },
      }),
      yAxis: valueAxis(palette, l.scale, (n) => axisValue(n, shape)),
      series: [
        { ...bar, id: 'under', data: steps.map(under), itemStyle: { color: 'transparent' } },
        {
          ...bar, id: 'steps', barMinHeight: 2,
          data: steps.map((s, i) => ({ value: s.total ? s.to : Math.abs(s.to - s.from), itemStyle: { color: colorOf(s, input), opacity: strength(i), borderRadius: 2 } })),
        },
      ],
      graphic: { elements: elements(input, steps, l) },
    },
    marks,
    along: 'row',
  };
}

export const waterfall: ChartType = {
  build,
  legend: (input) => {
    const up: Step = { label: '', total: false, amount: 1, from: 0, to: 1 };
    const name = input.result.values[0]?.name.toLocaleLowerCase() ?? '';
    return [
      { key: 'up', name: `More ${name}`, color: colorOf(up, input), kind: 'square', filters: [] },
      { key: 'down', name: 'Fewer', color: colorOf({ ...up, amount: -1 }, input), kind: 'square', filters: [] },
      { key: 'total', name: 'Total', color: input.palette.color.measure.ink, kind: 'square', filters: [] },
    ];
  },
};
