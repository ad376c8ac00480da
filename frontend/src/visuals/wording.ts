// Members and numbers in words: axis labels, first lines of tooltips, the sentence a screen reader hears.
import type { Dimension, Member, ValueInfo } from '../backend/types';
import { dayRange, longDay, month, year } from '../format/dates';
import { plainValue, value } from '../format/values';
import { totalAt, type Category, type Plot } from './plot';

const noted = (member: Member, words: string) => (member.partial ? `${words}, not finished` : words);

/** A member with everything that was left out on the axis: the whole date of a day, both ends of a week. */
export function memberInWords(dimension: Dimension | null, member: Member): string {
  if (!dimension || member.value === null || member.other) return member.label;
  // Two projects may have an area of one name: in words it is always the whole path.
  if (dimension.role === 'area' || dimension.role === 'iteration') return member.detail || member.label;
  const start = member.start || String(member.value);
  if (dimension.role === 'date' || dimension.grain) {
    switch (dimension.grain ?? '') {
      case '':
      case 'day':
        return longDay(start);
      case 'week':
        return noted(member, member.end ? dayRange(start, member.end) : longDay(start));
      case 'month':
        return noted(member, month(start, true));
      case 'year':
        return noted(member, year(start));
      default:
        return noted(member, member.label);
    }
  }
  return member.label;
}

/** A category with the wider ones it stands in, the widest first: Harbor, Checkout. */
export function categoryInWords(plot: Pick<Plot, 'axis' | 'levels'>, category: Category): string {
  const outer = category.outer.map((m, i) => memberInWords(plot.levels[i] ?? null, m));
  return [...outer, memberInWords(plot.axis, category.member)].join(', ');
}

/** A number as a label beside its name: a count needs no unit, the name says what is counted. */
export function inWords(n: number | null, shape: ValueInfo): string {
  return shape.format === 'integer' ? plainValue(n, shape) : value(n, shape);
}

/** "6 of 10" when a part is lit, else the number alone. */
export function partOfWhole(part: number | null, whole: number | null, shape: ValueInfo, highlighted: boolean): string {
  if (!highlighted) return inWords(whole, shape);
  // Nothing of a counted whole is none of it; an average over nothing stays blank.
  const lit = part === null && whole !== null && shape.additive ? 0 : part;
  return shape.additive ? `${plainValue(lit, shape)} of ${inWords(whole, shape)}` : `${inWords(lit, shape)}, all ${inWords(whole, shape)}`;
}

/** One sentence that says what a sighted person takes from the chart at a glance. */
export function chartInWords(kind: string, plot: Plot): string {
  const shape = plot.series[0]?.value;
  if (!shape || plot.categories.length === 0) return `${kind} without data.`;
  const points = plot.categories
    .map((c, i) => ({ label: categoryInWords(plot, c), n: totalAt(plot, i) ?? plot.series[0]?.values[i] ?? null }))
    .filter((p): p is { label: string; n: number } => p.n !== null);
  const first = points[0];
  const last = points[points.length - 1];
  if (!first || !last) return `${kind} without data.`;
  const of = plot.axis ? ` by ${plot.axis.name.toLowerCase()}` : '';
  const names = plot.legend ? `, split by ${plot.legend.name.toLowerCase()}` : '';
  if (plot.axis?.role === 'date' || plot.axis?.grain) {
    return `${kind} of ${shape.name.toLowerCase()}${of}${names}: ${inWords(first.n, shape)} on ${first.label}, ${inWords(last.n, shape)} on ${last.label}.`;
  }
  const high = points.reduce((a, b) => (b.n > a.n ? b : a));
  const low = points.reduce((a, b) => (b.n < a.n ? b : a));
  const most = `highest ${high.label} with ${inWords(high.n, shape)}`;
  return `${kind} of ${shape.name.toLowerCase()}${of}${names}, ${points.length} in all: ${most}${points.length > 1 ? `, lowest ${low.label} with ${inWords(low.n, shape)}` : ''}.`;
}
