// A list of rows read as a grid: what kind a column is, how wide, how a cell is written. Pure.
import type { Cell, ItemKey, ItemsColumn, ItemsView, Member } from '../../../backend/types';
import { dayAndClock, longDay } from '../../../format/dates';
import { plainValue } from '../../../format/values';
import { textWidth } from '../../../visuals/textWidth';

export type CellKind = 'text' | 'title' | 'state' | 'person' | 'ordinal' | 'date' | 'number';

/** The rows that are loaded, in one piece. */
export interface LoadedRows {
  columns: readonly ItemsColumn[];
  keys: readonly ItemKey[];
  rows: readonly (readonly Cell[])[];
}

/** Puts the parts of a list together. Members of a part are its own, so positions are moved. */
export function joinParts(parts: readonly ItemsView[]): LoadedRows {
  const first = parts[0];
  if (!first) return { columns: [], keys: [], rows: [] };
  if (parts.length === 1) return first;
  const columns = first.columns.map((c, i) => ({ ...c, members: parts.flatMap((p) => p.columns[i]?.members ?? []) }));
  const before = first.columns.map(() => 0);
  const rows: Cell[][] = [];
  for (const part of parts) {
    for (const row of part.rows) rows.push(row.map((cell, i) => (hasMembers(part, i) && typeof cell === 'number' ? cell + (before[i] ?? 0) : cell)));
    part.columns.forEach((c, i) => {
      before[i] = (before[i] ?? 0) + c.members.length;
    });
  }
  return { columns, keys: parts.flatMap((p) => p.keys), rows };
}

/** The list with the named columns alone, beside what each row adds. */
export function onlyColumns(list: LoadedRows, names: readonly string[]): LoadedRows {
  const keep = list.columns.flatMap((c, i) => (c.amount || names.includes(c.name) ? [i] : []));
  return { columns: list.columns.filter((_, i) => keep.includes(i)), keys: list.keys, rows: list.rows.map((r) => keep.map((i) => r[i] ?? null)) };
}

const hasMembers = (part: ItemsView, column: number) => (part.columns[column]?.members.length ?? 0) > 0;

export function kindOf(c: ItemsColumn): CellKind {
  if (c.amount || c.role === 'priority') return c.amount ? 'number' : 'ordinal';
  if (c.type === 'date' || c.type === 'dateTime') return 'date';
  if (c.role === 'title' || c.name === 'Title' || c.name === 'Comment') return 'title';
  if (c.role === 'state' || c.role === 'stateCategory') return 'state';
  if (c.role === 'person') return 'person';
  if (c.role === 'severity') return 'ordinal';
  return c.type === 'integer' || c.type === 'number' ? 'number' : 'text';
}

/** The member of a cell, for its colour and its second line; null when the column has none. */
export function memberAt(c: ItemsColumn, cell: Cell | undefined): Member | null {
  return c.members.length > 0 && typeof cell === 'number' ? (c.members[cell] ?? null) : null;
}

/** A cell as text: shown, copied, read aloud. Nothing is an empty text. */
export function cellText(c: ItemsColumn, cell: Cell | undefined, zone: string): string {
  const member = memberAt(c, cell);
  if (member) return member.label;
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No';
  if (c.type === 'dateTime' && String(cell).length > 10) return dayAndClock(String(cell), undefined, zone);
  if (c.type === 'date' || c.type === 'dateTime') return longDay(String(cell));
  if (typeof cell === 'number') return plainValue(cell, { format: c.type === 'integer' ? 'integer' : c.format || 'decimal1', unit: c.unit });
  return cell;
}

/** Numbers beside which a bar is drawn: the age, and what each row adds. */
export function barOf(c: ItemsColumn, column: number, rows: readonly (readonly Cell[])[]): number | null {
  if (!c.amount && !/^Age in days$|minutes$|^Hours to/i.test(c.name)) return null;
  return Math.max(0, ...rows.map((r) => Number(r[column] ?? 0)));
}

const limits: Record<CellKind, number> = { text: 200, title: 460, state: 150, person: 190, ordinal: 130, date: 150, number: 120 };
const extra: Record<CellKind, number> = { text: 0, title: 0, state: 16, person: 27, ordinal: 12, date: 0, number: 0 };
const padding = 20;
const bar = 76;
const sortArrow = 20;
const leastTitle = 180;

/** Widths of the columns (without those of the box and the key) that fill `width`: titles take what is left. */
export function widthsOf(list: LoadedRows, width: number, zone: string, past: boolean): number[] {
  const sample = list.rows.slice(0, 60);
  const widths = list.columns.map((c, i) => {
    const kind = kindOf(c);
    const head = textWidth(c.name + (past && c.time === 'now' ? ' now ' : ''), 12, 600) + sortArrow;
    const cells = Math.max(0, ...sample.map((r) => textWidth(cellText(c, r[i], zone), 12.5) + 2)) + extra[kind] + (barOf(c, i, sample) === null ? 0 : bar);
    return Math.ceil(Math.min(limits[kind] + (barOf(c, i, sample) === null ? 0 : bar), Math.max(head, cells))) + padding;
  });
  const titles = list.columns.map((c, i) => (kindOf(c) === 'title' ? i : -1)).filter((i) => i >= 0);
  const takers = titles.length > 0 ? titles : [0];
  const free = width - widths.reduce((a, b) => a + b, 0);
  return widths.map((w, i) => (takers.includes(i) ? Math.max(Math.min(leastTitle, w), w + free / takers.length) : w));
}

/** Rows as a spreadsheet takes them from the clipboard: tabs between cells, no tab or line end inside one. */
export function copiedText(list: LoadedRows, key: string, chosen: ReadonlySet<ItemKey>, zone: string): string {
  const clean = (text: string) => text.replace(/[\t\r\n]+/g, ' ');
  const lines = [[key, ...list.columns.map((c) => c.name)]];
  list.keys.forEach((k, at) => {
    if (chosen.size > 0 && !chosen.has(k)) return;
    lines.push([String(k), ...list.columns.map((c, i) => cellText(c, list.rows[at]?.[i], zone))]);
  });
  return lines.map((line) => line.map(clean).join('\t')).join('\n');
}
