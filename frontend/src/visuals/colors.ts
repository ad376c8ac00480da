// Colour by meaning: state categories, ordinals, members by first appearance, series by position.
import type { Dimension, Member, Visual } from '../backend/types';
import type { Palette } from '../ui/palette';
import type { ColorBook } from './colorBook';

/** One colour, and whether it is drawn hatched. */
export interface Paint {
  color: string;
  hatched?: boolean;
}

const channels = (hex: string): [number, number, number] => [
  parseInt(hex.slice(1, 3), 16),
  parseInt(hex.slice(3, 5), 16),
  parseInt(hex.slice(5, 7), 16),
];

const hex = (n: number) => Math.round(n).toString(16).padStart(2, '0').toUpperCase();

/** `share` of the second colour in the first: mix('#000000', '#FFFFFF', 0.5) is grey. */
export function mix(color: string, other: string, share: number): string {
  const a = channels(color);
  const b = channels(other);
  return `#${a.map((v, i) => hex(v + ((b[i] ?? v) - v) * share)).join('')}`;
}

/** A colour at an opacity between 0 and 1. */
export function fade(color: string, opacity: number): string {
  return `${color.slice(0, 7)}${hex(opacity * 255)}`;
}

const categoryKeys: Record<string, 'proposed' | 'inProgress' | 'resolved' | 'completed' | 'removed'> = {
  proposed: 'proposed',
  inprogress: 'inProgress',
  resolved: 'resolved',
  completed: 'completed',
  removed: 'removed',
};

/** The colour of a state category however it is written: InProgress, "In progress". Null when it is none. */
export function categoryPaint(category: string, palette: Palette): Paint | null {
  const key = categoryKeys[category.replace(/\s/g, '').toLowerCase()];
  return key ? { color: palette.color.stateCategory[key], hatched: key === 'removed' } : null;
}

const outcomeKeys: Record<string, 'succeeded' | 'partial' | 'failed' | 'canceled' | 'running'> = {
  succeeded: 'succeeded', completed: 'succeeded', passed: 'succeeded', approved: 'succeeded', approvals: 'succeeded',
  partiallysucceeded: 'partial', succeededwithissues: 'partial', approvedwithsuggestions: 'partial', waitingforauthor: 'partial',
  failed: 'failed', rejected: 'failed', rejections: 'failed',
  canceled: 'canceled', abandoned: 'canceled', skipped: 'canceled', notdeployed: 'canceled', notexecuted: 'canceled', novote: 'canceled',
  active: 'running', inprogress: 'running',
};

/** Whether something went well: a pull request that is completed has the colour of a run that succeeded. */
export function outcomePaint(outcome: string, palette: Palette): Paint | null {
  const key = outcomeKeys[outcome.replace(/[\s-]/g, '').toLowerCase()];
  if (!key) return null;
  return { color: key === 'running' ? palette.color.stateCategory.inProgress : palette.color.outcome[key] };
}

// Columns of a board go from the first, where work waits, to the last, where it is done; what is between is in
// progress, later ones in lighter steps. Where an item stood on no board any more is grey.
function boardPaint(dimension: Dimension, position: number, palette: Palette): Paint {
  const { stateCategory, categorical, neutral } = palette.color;
  const places = dimension.members.flatMap((m, i) => (m.value === null || m.value === '' || m.other ? [] : [i]));
  const at = places.indexOf(position);
  if (at < 0) return { color: categorical.other };
  if (at === 0) return { color: stateCategory.proposed };
  if (at === places.length - 1) return { color: stateCategory.completed };
  const steps = [stateCategory.inProgress, stateCategory.inProgress2, mix(stateCategory.inProgress, neutral.card, 0.45), mix(stateCategory.inProgress, neutral.card, 0.65)];
  return { color: steps[at - 1] ?? steps[steps.length - 1] ?? stateCategory.inProgress };
}

/** Columns of a board, whose order is the flow of the work. */
export const isBoardColumn = (dimension: Dimension) => dimension.field.endsWith('[Board column]');

/** Black or white, whichever is read more easily on a colour. */
export function readableOn(color: string, palette: Palette): string {
  const [r, g, b] = channels(color).map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const { onInProgress, onProposed } = palette.color.labelOnMark;
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.057 ? onInProgress : onProposed;
}

/** The step of a sequence, 0 to 5, of a share of the largest value. */
export function heatColor(share: number, palette: Palette): string {
  const s = palette.color.sequential;
  return [s.s1, s.s2, s.s3, s.s4, s.s5, s.s6][Math.min(5, Math.max(0, Math.ceil(share * 6) - 1))] ?? s.s1;
}

// The first state of a category has its colour, later ones are lighter steps of it; never by the state's name.
function statePaint(member: Member, palette: Palette, colors: ColorBook): Paint {
  const base = categoryPaint(member.category ?? '', palette);
  if (!base) return { color: palette.color.categorical.other };
  const at = colors.place(`state in ${member.category}`, member.value);
  if (at === 0) return base;
  if (at === 1 && base.color === palette.color.stateCategory.inProgress) return { color: palette.color.stateCategory.inProgress2 };
  return { ...base, color: mix(base.color, palette.color.neutral.card, at === 1 ? 0.45 : 0.65) };
}

function ordinalPaint(member: Member, position: number, palette: Palette): Paint {
  if (member.value === null || member.other) return { color: palette.color.categorical.other };
  const { o1, o2, o3, o4 } = palette.color.ordinal;
  const written = typeof member.value === 'number' ? member.value : Number(/^\s*(\d+)/.exec(String(member.value))?.[1] ?? position + 1);
  return { color: [o1, o2, o3, o4][Math.min(4, Math.max(1, Math.round(written))) - 1] ?? o4 };
}

function categoricalPaint(field: string, member: Member, palette: Palette, colors: ColorBook): Paint {
  const c = palette.color.categorical;
  if (member.other || member.value === null) return { color: c.other };
  const set = [c.c1, c.c2, c.c3, c.c4, c.c5, c.c6, c.c7, c.c8];
  return { color: set[colors.place(field, member.value)] ?? c.other };
}

/** The colour of a member where colour tells members apart (a legend, the parts of a donut). */
export function memberPaint(dimension: Dimension, position: number, palette: Palette, colors: ColorBook): Paint {
  const member = dimension.members[position];
  if (!member) return { color: palette.color.categorical.other };
  switch (dimension.role) {
    case 'stateCategory':
      return categoryPaint(String(member.value ?? ''), palette) ?? { color: palette.color.categorical.other };
    case 'state':
      return statePaint(member, palette, colors);
    case 'priority':
    case 'severity':
      return ordinalPaint(member, position, palette);
    case 'outcome':
      return outcomePaint(String(member.value ?? ''), palette) ?? { color: palette.color.categorical.other };
    default:
      if (isBoardColumn(dimension)) return boardPaint(dimension, position, palette);
      return categoricalPaint(dimension.field, member, palette, colors);
  }
}

/** The colour of one category of a chart without a legend: one colour for all unless the field has its own. */
export function categoryOfAxisPaint(visual: Visual, axis: Dimension | null, position: number, palette: Palette, colors: ColorBook): Paint {
  const single = { color: palette.color.measure.main };
  const by = visual.options.colorBy ?? '';
  const member = axis?.members[position];
  if (member?.other) return { color: palette.color.categorical.other };
  if (!axis || !member || by === 'single') return single;
  if (by === 'ordinal') return ordinalPaint(member, position, palette);
  if (by === 'category' || by === 'legend') return memberPaint(axis, position, palette, colors);
  const meant = axis.role === 'stateCategory' || axis.role === 'state' || axis.role === 'priority' || axis.role === 'severity' || axis.role === 'outcome' || isBoardColumn(axis);
  return meant ? memberPaint(axis, position, palette, colors) : single;
}

/** The colour of the n-th measure of a visual that shows several, as filled marks. */
export function fillOfValue(position: number, palette: Palette): Paint {
  const { measure, categorical } = palette.color;
  return { color: [measure.main, measure.soft, categorical.c3, categorical.c2][position] ?? categorical.other };
}

/** The colour of the n-th measure of a visual that shows several, as lines: the main one, then comparisons. */
export function strokeOfValue(position: number, palette: Palette): Paint {
  const { measure, categorical } = palette.color;
  return { color: [measure.main, measure.compare, measure.ink, categorical.c3][position] ?? categorical.other };
}

/** A measure that counts an outcome has its colour: Failed runs, Pull requests completed. Null when it has none. */
export function meantByName(measure: string, palette: Palette): Paint | null {
  const word = /^(Succeeded|Partially succeeded|Failed|Canceled) runs$|^(?:Pull requests|Rollup|Tests) (completed|abandoned|passed|failed|not executed)\b|^(Active) pull requests$|^(Approvals|Rejections)$/.exec(measure);
  return word ? outcomePaint(word.slice(1).find(Boolean) ?? '', palette) : null;
}
