// A Result read as a grid: what its columns are, how wide, how a cell is written and sorted.
import type { Cell, Dimension, Member, Result, Role, Row, ValueInfo } from '../backend/types';
import { longDay } from '../format/dates';
import { value } from '../format/values';
import { plainValue } from '../format/values';
import { secondDay } from './secondDay';
import { textWidth } from './textWidth';

export type GridColumnKind = 'text' | 'title' | 'id' | 'state' | 'person' | 'ordinal' | 'date' | 'number';

export interface GridColumn {
  id: string;
  head: string;
  kind: GridColumnKind;
  /** Which dimension or which value of the rows it shows. */
  source: { dimension: number } | { value: number; part?: boolean; second?: boolean };
  /** The largest value, for the length of a bar; null without bars. */
  barOf: number | null;
  info: Dimension | ValueInfo;
}

export interface GridRow {
  id: string;
  row: Row;
  members: Member[];
}

const kinds: Partial<Record<Role, GridColumnKind>> = {
  workItemId: 'id',
  title: 'title',
  state: 'state',
  stateCategory: 'state',
  person: 'person',
  priority: 'ordinal',
  severity: 'ordinal',
  date: 'date',
};

function kindOf(d: Dimension): GridColumnKind {
  if (d.type === 'date' || d.type === 'dateTime') return d.grain && d.grain !== 'day' ? 'text' : 'date';
  return kinds[d.role ?? ''] ?? 'text';
}

/** The columns of a result: its groups, then its values; values with parts have a column for the part too. */
export function gridColumns(result: Result, dataBars: readonly string[] = []): GridColumn[] {
  const groups = result.dimensions.map((d, i): GridColumn => ({ id: `d${i}`, head: d.name, kind: kindOf(d), source: { dimension: i }, barOf: null, info: d }));
  const lit = result.rows.some((r) => r.parts !== undefined) || result.total.parts !== undefined;
  const compared = Boolean(result.comparedWith);
  const then = secondDay(result);
  const several = result.values.length > 1;
  const values = result.values.flatMap((v, i): GridColumn[] => {
    const max = Math.max(0, ...result.rows.map((r) => r.values[i] ?? 0));
    const barOf = dataBars.includes(v.name) || (v.measure !== undefined && dataBars.includes(v.measure)) ? max : null;
    const whole: GridColumn = { id: `v${i}`, head: v.name, kind: 'number', source: { value: i }, barOf, info: v };
    const now: GridColumn[] = compared ? [whole, { ...whole, id: `c${i}`, head: several ? `${v.name}, ${then}` : then, source: { value: i, second: true }, barOf: null }] : [whole];
    return lit ? [{ ...whole, id: `p${i}`, head: `${v.name}, selected`, source: { value: i, part: true }, barOf: null }, ...now] : now;
  });
  return [...groups, ...values];
}

/** The rows; a result without groups is one row, its total. */
export function gridRows(result: Result): GridRow[] {
  const rows = result.dimensions.length === 0 && result.rows.length === 0 ? [result.total] : result.rows;
  return rows.map((row, i) => ({ id: String(i), row, members: row.keys.map((k, d) => result.dimensions[d]?.members[k] ?? { value: null, label: '(Blank)' }) }));
}

/** The number of a value cell; null when there is none. */
export function numberOf(column: GridColumn, row: GridRow): number | null {
  if (!('value' in column.source)) return null;
  const all = column.source.second ? row.row.compared : column.source.part ? row.row.parts : row.row.values;
  return all?.[column.source.value] ?? null;
}

export function memberOf(column: GridColumn, row: GridRow): Member | null {
  return 'dimension' in column.source ? (row.members[column.source.dimension] ?? null) : null;
}

/** A cell as text: what is read aloud, searched, cut and shown on hover. */
export function cellText(column: GridColumn, row: GridRow): string {
  const member = memberOf(column, row);
  if (!member) return plainValue(numberOf(column, row), column.info as ValueInfo);
  if (column.kind === 'date' && member.value !== null) return longDay(String(member.start || member.value));
  return member.label;
}

/** Like cellText, with the unit: for a title or a total. */
export function cellWords(column: GridColumn, row: GridRow): string {
  return 'value' in column.source ? value(numberOf(column, row), column.info as ValueInfo) : cellText(column, row);
}

/** What a column is sorted by; undefined stands last in both directions. */
export function sortKey(column: GridColumn, row: GridRow): number | string | undefined {
  const member = memberOf(column, row);
  if (!member) return numberOf(column, row) ?? undefined;
  if (member.value === null) return undefined;
  if (typeof member.value === 'number') return member.value;
  if (column.kind === 'date') return String(member.start || member.value);
  // Members stand in the field's own order: workflow, severity, the depth of a path.
  if ('dimension' in column.source) return row.row.keys[column.source.dimension];
  return String(member.value satisfies Cell);
}

const padding = 16;
/** A bar and the space to its figure. */
const barWidth = 62 + 14;
/** The arrow of the column that the rows are sorted by. */
const arrow = 18;
const extra: Record<GridColumnKind, number> = { text: 0, title: 0, id: 0, state: 16, person: 27, ordinal: 12, date: 0, number: 0 };
const limit: Record<GridColumnKind, number> = { text: 220, title: 420, id: 90, state: 150, person: 190, ordinal: 140, date: 140, number: 160 };

/** How much a column gives up, in order, when there is not room for all: bars, then names of people. */
export type Density = 'full' | 'noBars' | 'noNames';

/** What a title must have before the next thing is given up for it. */
const roomForTitle: Record<Density, number> = { full: 220, noBars: 140, noNames: 64 };

export interface GridLayout {
  widths: number[];
  density: Density;
}

function natural(column: GridColumn, rows: readonly GridRow[], density: Density, sorted: string): number {
  const head = textWidth(column.head, 12, 600) + 2 + (column.id === sorted ? arrow : 0);
  if (column.kind === 'person' && density === 'noNames') return Math.max(28, head) + padding;
  const figures = column.kind === 'number' || column.kind === 'id';
  // Figures are drawn in one width each, that of the zero.
  const drawn = (row: GridRow) => (figures ? cellText(column, row).replace(/\d/g, '0') : cellText(column, row));
  const sample = rows.slice(0, 60).reduce((max, row) => Math.max(max, textWidth(drawn(row), 12.5, column.kind === 'number' ? 600 : 400) + 2), 0);
  const barred = column.barOf !== null && density === 'full';
  // The figures beside bars stand in a column of their own, wide enough for three digits.
  const needed = barred ? barWidth + Math.max(26, sample) : sample + extra[column.kind];
  return Math.ceil(Math.min(limit[column.kind], Math.max(head, needed))) + padding;
}

/** Widths that fill `width`: titles take what is left, and give way first. */
export function layoutGrid(columns: readonly GridColumn[], rows: readonly GridRow[], width: number, sorted = ''): GridLayout {
  const plans: Density[] = ['full', 'noBars', 'noNames'];
  let widths: number[] = [];
  let density: Density = 'full';
  let title = 0;
  const leastOf = (i: number, w: number) => (columns[i]?.kind === 'title' ? Math.min(w, title) : w);
  for (density of plans) {
    title = roomForTitle[density];
    widths = columns.map((c) => natural(c, rows, density, sorted));
    const needed = widths.reduce((sum, w, i) => sum + leastOf(i, w), 0);
    if (needed <= width) break;
  }
  const free = width - widths.reduce((sum, w) => sum + w, 0);
  const titles = columns.map((c, i) => (c.kind === 'title' ? i : -1)).filter((i) => i >= 0);
  // Without a title the last text column takes the room, so that numbers line up at the right edge.
  const takers = titles.length > 0 ? titles : [Math.max(0, columns.findLastIndex((c) => c.kind !== 'number'))];
  return {
    density,
    widths: widths.map((w, i) => (takers.includes(i) ? Math.max(leastOf(i, w), w + free / takers.length) : w)),
  };
}
