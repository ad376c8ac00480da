// Filters in words: "State category is not Completed or Removed".
import type { Cell, Filter, PageData, Page } from '../../backend/types';
import { number } from '../../format/numbers';

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
  const values = (filter.values ?? []).map((v) => labelOf(filter.field, v));
  const or = { name, values, join: 'or' as const };
  switch (filter.op ?? 'in') {
    case 'notIn':
      return { ...or, verb: 'is not' };
    case 'between':
      return { ...or, verb: 'is between', join: 'and' };
    case 'contains':
      return { ...or, verb: 'contains' };
    case 'startsWith':
      return { ...or, verb: 'begins with' };
    case 'isBlank':
      return { ...or, verb: 'is blank', values: [] };
    case 'isNotBlank':
      return { ...or, verb: 'is not blank', values: [] };
    case 'current':
      return { ...or, verb: 'is the current one', values: [] };
    case 'last':
    case 'this':
    case 'next':
      return { ...or, verb: `is in the ${filter.op}`, values: [values.join(' ')] };
    case '>=':
    case '>':
    case '<=':
    case '<':
      return { ...or, verb: `is ${filter.op}` };
    default:
      return { ...or, verb: 'is' };
  }
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
