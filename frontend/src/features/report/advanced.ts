// Between the form of an advanced, Top N or relative filter and the filters it stands for. Pure.
import type { Cell, ColumnType, Filter, Grain, Op } from '../../backend/types';

/** One line of the form. */
export interface Condition {
  op: Op;
  text: string;
}

export interface Advanced {
  first: Condition;
  join: 'and' | 'or';
  /** No condition when its text is empty and its operator needs one. */
  second: Condition;
}

export const isDay = (type: ColumnType) => type === 'date' || type === 'dateTime';
const isNumber = (type: ColumnType) => type === 'integer' || type === 'number';

/** The operators of a column, in the order of Power BI. */
export function operatorsOf(type: ColumnType): Op[] {
  if (type === 'boolean') return ['in', 'notIn', 'isBlank', 'isNotBlank'];
  if (isDay(type)) return ['in', 'notIn', '>', '>=', '<', '<=', 'isBlank', 'isNotBlank'];
  if (isNumber(type)) return ['<', '<=', '>', '>=', 'in', 'notIn', 'isBlank', 'isNotBlank'];
  return ['contains', 'notContains', 'startsWith', 'notStartsWith', 'in', 'notIn', 'isBlank', 'isNotBlank'];
}

export const needsText = (op: Op) => op !== 'isBlank' && op !== 'isNotBlank';

/** A condition as a filter; null when nothing is typed, and undefined when what is typed does not fit the column. */
function filterOf(field: string, { op, text }: Condition, type: ColumnType): Filter | null | undefined {
  if (!needsText(op)) return { field, op };
  const typed = text.trim();
  if (typed === '') return null;
  const value = valueOf(typed, type);
  return value === undefined ? undefined : { field, op, values: [value] };
}

function valueOf(typed: string, type: ColumnType): Cell | undefined {
  if (isNumber(type)) return Number.isFinite(Number(typed)) ? Number(typed) : undefined;
  if (type === 'boolean') return { yes: true, true: true, no: false, false: false }[typed.toLowerCase()];
  if (isDay(type)) return /^\d{4}-\d{2}(-\d{2})?$/.test(typed) ? typed : undefined;
  return typed;
}

/** The filters of a form; null when something in it does not fit the column. Nothing typed keeps everything. */
export function filtersOf(field: string, form: Advanced, type: ColumnType): Filter[] | null {
  const both = [filterOf(field, form.first, type), filterOf(field, form.second, type)];
  if (both.includes(undefined)) return null;
  const given = both.filter((f): f is Filter => f !== null && f !== undefined);
  return given.length === 2 && form.join === 'or' ? [{ field, any: given }] : given;
}

/** The form that shows filters; null when they are of another kind. */
export function formOf(filters: readonly Filter[], type: ColumnType): Advanced | null {
  const empty: Condition = { op: operatorsOf(type)[0] ?? 'in', text: '' };
  const either = filters.length === 1 ? filters[0]?.any : undefined;
  const given = either ?? filters;
  const conditions = given.map((f) => conditionOf(f, type));
  if (given.length > 2 || conditions.includes(null)) return null;
  const [first = empty, second = empty] = conditions.filter((c) => c !== null);
  return { first, join: either ? 'or' : 'and', second };
}

function conditionOf({ op = 'in', values = [], any }: Filter, type: ColumnType): Condition | null {
  if (any || !operatorsOf(type).includes(op) || values.length > 1 || values[0] === null) return null;
  return { op, text: values.length === 0 ? '' : String(values[0]) };
}

export interface RelativeForm {
  when: 'last' | 'this' | 'next';
  n: number;
  unit: Exclude<Grain, '' | 'sprint'>;
  calendar: boolean;
  today: boolean;
}

/** The form of a filter by relative days; null when it is another one. */
export function relativeOf(filter: Filter | undefined): RelativeForm | null {
  const { op, values = [] } = filter ?? {};
  const when = op?.replace('Calendar', '');
  const unit = values[1];
  if ((when !== 'last' && when !== 'this' && when !== 'next') || typeof values[0] !== 'number' || typeof unit !== 'string') return null;
  return { when, n: values[0], unit: unit as RelativeForm['unit'], calendar: op !== when, today: values[2] !== false };
}

export function relativeFilter(field: string, { when, n, unit, calendar, today }: RelativeForm): Filter {
  if (when === 'this') return { field, op: 'this', values: [n, unit] };
  if (calendar && unit !== 'day') return { field, op: when === 'last' ? 'lastCalendar' : 'nextCalendar', values: [n, unit] };
  return { field, op: when, values: today ? [n, unit] : [n, unit, false] };
}

/** The basic list after a member was ticked or unticked: a list of what is kept, or of what is not. */
export function tick(field: string, filters: readonly Filter[], value: Cell, on: boolean): Filter[] {
  const now = filters.length === 1 ? filters[0] : undefined;
  const listed = now?.values ?? [];
  const without = listed.filter((v) => v !== value);
  if (now?.op === 'notIn') {
    const excluded = on ? without : [...without, value];
    return excluded.length > 0 ? [{ field, op: 'notIn', values: excluded }] : [];
  }
  const kept = isBasic(filters) && now ? (on ? [...without, value] : without) : [value];
  return kept.length > 0 ? [{ field, op: 'in', values: kept }] : [];
}

/** Whether filters are a list of members. */
export function isBasic(filters: readonly Filter[]): boolean {
  return filters.length === 0 || (filters.length === 1 && !filters[0]?.any && ['in', 'notIn'].includes(filters[0]?.op ?? 'in'));
}

/** Whether a member is ticked: nothing is while everything is kept. */
export function isTicked(filters: readonly Filter[], value: Cell): boolean {
  const now = filters[0];
  if (!now || !isBasic(filters)) return false;
  return (now.values ?? []).includes(value) !== (now.op === 'notIn');
}
