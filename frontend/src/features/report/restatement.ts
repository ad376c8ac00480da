// Filters in words: "State category is not Completed or Removed".
import type { Cell, Filter, Op, PageData, Page } from '../../backend/types';
import { number, plural } from '../../format/numbers';

/** One filter taken apart, so that its values can be set bold. */
export interface Restated {
  name: string;
  verb: string;
  values: string[];
  join: 'or' | 'and';
}

/** The words for a value of a field: what the visuals and slicers call it. */
export type LabelOf = (field: string, value: Cell) => string;

/** Areas[Area path] is called Area. */
export function fieldName(field: string): string {
  const inside = /\[([^\]]*)\]\s*$/.exec(field)?.[1] ?? field;
  return inside.replace(/ path$/, '');
}

const keyOf = (field: string, value: Cell) => `${field}|${JSON.stringify(value)}`;

/** Looks labels up among the members that the page shows; a value shown nowhere is written as it is. */
export function labelsOf(data: PageData | undefined, page: Page): LabelOf {
  const known = new Map<string, string>();
  for (const visual of data?.visuals ?? []) {
    for (const d of visual.result?.dimensions ?? []) for (const m of d.members) known.set(keyOf(d.field, m.value), m.label);
  }
  for (const slicer of data?.slicers ?? []) {
    const field = page.slicers.find((s) => s.id === slicer.id)?.field;
    for (const m of field ? slicer.members : []) known.set(keyOf(field ?? '', m.value), m.label);
  }
  return (field, value) => known.get(keyOf(field, value)) ?? plainLabel(value);
}

function plainLabel(value: Cell): string {
  if (value === null) return '(Blank)';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (value === 'InProgress') return 'In progress';
  return typeof value === 'string' ? (value.split('\\').pop() ?? value) : String(value);
}

export function restate(filter: Filter, labelOf: LabelOf): Restated {
  const name = fieldName(filter.field);
  if (filter.any) {
    const either = filter.any.map((a) => sentence({ ...a, field: filter.field }, labelOf));
    return { name, verb: either.join(' or '), values: [], join: 'or' };
  }
  const values = (filter.values ?? []).map((v) => labelOf(filter.field, v));
  const or = { name, values, join: 'or' as const };
  const order = orders[filter.op ?? 'in'];
  if (order) return { ...or, verb: typeof filter.values?.[0] === 'string' ? order[1] : order[0] };
  const verb = verbs[filter.op ?? 'in'];
  if (verb) return { ...or, verb };
  switch (filter.op) {
    case 'between':
      return { ...or, verb: 'is between', join: 'and' };
    case 'under':
      return { ...or, verb: 'is', values: values.map((v) => `${v} or below`) };
    case 'isBlank':
      return { ...or, verb: 'is blank', values: [] };
    case 'isNotBlank':
      return { ...or, verb: 'is not blank', values: [] };
    case 'current':
      return { ...or, verb: 'is the current one', values: [] };
    case 'top':
    case 'bottom':
      return { ...or, verb: `is one of the ${filter.op}`, values: [`${values[0] ?? ''} by ${byName(filter)}`] };
    default:
      return { ...or, verb: 'is in', values: [relativeWords(filter)] };
  }
}

const verbs: Partial<Record<Op, string>> = {
  in: 'is', notIn: 'is not', contains: 'contains', notContains: 'does not contain', startsWith: 'starts with', notStartsWith: 'does not start with',
};

/** Numbers are less and greater, days before and after. */
const orders: Partial<Record<Op, [string, string]>> = {
  '>=': ['is greater than or equal to', 'is on or after'], '>': ['is greater than', 'is after'],
  '<=': ['is less than or equal to', 'is on or before'], '<': ['is less than', 'is before'],
};

/** What a filter keeps without its column: "is in the last 30 days". */
export function sentence(filter: Filter, labelOf: LabelOf): string {
  const { verb, values, join } = restate(filter, labelOf);
  return [verb, joined(values, join)].filter(Boolean).join(' ');
}

function byName({ by }: Filter): string {
  return typeof by === 'string' ? by : (by?.name ?? by?.measure ?? (by?.field ? fieldName(by.field) : ''));
}

/** "the last 2 calendar months", "this week": as Power BI says relative days. */
export function relativeWords({ op, values = [] }: Filter): string {
  const n = Number(values[0]);
  const unit = String(values[1] ?? '');
  if (op === 'this' && n === 1) return `this ${unit}`;
  const calendar = op === 'lastCalendar' || op === 'nextCalendar' || (op === 'this' && unit !== 'day') ? 'calendar ' : '';
  const when = op === 'this' ? 'present and past' : (op ?? '').replace('Calendar', '');
  return `the ${when} ${plural(n, calendar + unit)}${values[2] === false ? ' without today' : ''}`;
}

/** "A, B or C"; a long list is cut to its first three. */
export function joined(values: readonly string[], join: 'or' | 'and'): string {
  const shown = values.length > 4 ? [...values.slice(0, 3), `${values.length - 3} more`] : [...values];
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} ${join} ${shown[shown.length - 1]}`;
}

/** "21 of 126 open bugs": how much of what the page counts is selected. Empty when it counts nothing. */
export function countOf(data: Pick<PageData, 'part' | 'whole'> | undefined, noun: string): string {
  if (data?.part == null || data.whole == null) return '';
  return `${number(data.part)} of ${number(data.whole)} ${noun}`.trimEnd();
}
