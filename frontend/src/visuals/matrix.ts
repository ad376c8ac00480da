// A Result turned round: one line per row member, one column per column member, totals where parts add up.
import type { Filter, Member, Result, Row, ValueInfo } from '../backend/types';
import { plainValue } from '../format/values';
import { memberFilters } from './filters';
import { textWidth, widest } from './textWidth';

export interface MatrixColumn {
  key: string;
  /** Position of the column member, or -1 for the total. */
  member: number;
  value: ValueInfo;
  valueIndex: number;
  label: string;
  total: boolean;
}

export interface MatrixLine {
  key: string;
  member: Member;
  index: number;
  cells: (number | null)[];
  /** The same at the second time; empty without one. */
  second: (number | null)[];
  filters: Filter[];
  total: boolean;
}

export interface MatrixData {
  columns: MatrixColumn[];
  lines: MatrixLine[];
}

/** Totals are those the program computed; where it gave none, sums of what adds up, and blanks rather than wrong numbers. */
export function pivot(result: Result): MatrixData {
  const levels = result.dimensions.slice(0, result.rowGroups);
  const rowsOf = levels[levels.length - 1];
  const columnsOf = result.dimensions[result.rowGroups];
  if (!rowsOf || result.rowGroups === 0) return { columns: [], lines: [] };
  const columns = columnsOf ? splitColumns(result) : result.values.map((value, valueIndex): MatrixColumn => ({ key: `v${valueIndex}`, member: -1, value, valueIndex, label: value.name, total: false }));
  const lines = new Map<string, MatrixLine>();
  const keyOf = (row: Row) => row.keys.slice(0, result.rowGroups).join(' ');
  const compared = Boolean(result.comparedWith);
  for (const row of result.rows) {
    const index = row.keys[levels.length - 1] ?? -1;
    const path = levels.flatMap((d, i) => d.members[row.keys[i] ?? -1] ?? []);
    const member = path[path.length - 1];
    if (!member || path.length < levels.length) continue;
    let line = lines.get(keyOf(row));
    if (!line) {
      // A wider level stands before the name, so that every line can be read alone.
      const label = path.map((m) => m.label).join(' › ');
      line = {
        key: JSON.stringify(path.map((m) => [m.value, m.other ?? false])),
        member: { ...member, label },
        index,
        cells: columns.map(() => null),
        second: compared ? columns.map(() => null) : [],
        filters: levels.flatMap((d, i) => (path[i] ? memberFilters(d, path[i]) : [])),
        total: false,
      };
      lines.set(keyOf(row), line);
    }
    const own = line;
    columns.forEach((c, i) => {
      const before = row.compared?.[c.valueIndex] ?? null;
      if (!c.total && before !== null && (!columnsOf || row.keys[result.rowGroups] === c.member)) own.second[i] = before;
      const n = row.values[c.valueIndex] ?? null;
      if (n === null) return;
      if (c.total) own.cells[i] = c.value.additive ? (own.cells[i] ?? 0) + n : null;
      else if (!columnsOf || row.keys[result.rowGroups] === c.member) own.cells[i] = n;
    });
  }
  for (const row of result.rowTotals ?? []) {
    const line = lines.get(keyOf(row));
    columns.forEach((c, i) => {
      if (!line || !c.total) return;
      line.cells[i] = row.values[c.valueIndex] ?? null;
      if (compared) line.second[i] = row.compared?.[c.valueIndex] ?? null;
    });
  }
  const all = [...lines.values()];
  const sums = columns.map((c, i) => {
    if (c.total || !columnsOf) return result.total.values[c.valueIndex] ?? null;
    const computed = result.columnTotals?.find((r) => r.keys[0] === c.member);
    if (computed) return computed.values[c.valueIndex] ?? null;
    return c.value.additive ? sum(all.map((l) => l.cells[i] ?? null)) : null;
  });
  const total: MatrixLine = { key: 'total', member: { value: null, label: 'Total' }, index: -1, cells: sums, second: compared ? columns.map((c) => secondOf(result, c)) : [], filters: [], total: true };
  return { columns, lines: all.length > 1 ? [...all, total] : all };
}

// The total line at the second time.
function secondOf(result: Result, c: MatrixColumn): number | null {
  if (c.total || c.member < 0) return result.total.compared?.[c.valueIndex] ?? null;
  return result.columnTotals?.find((r) => r.keys[0] === c.member)?.compared?.[c.valueIndex] ?? null;
}

/** The largest number of a matrix without its totals: what the strongest colour of a heat table stands for. Per value. */
export function hottest({ columns, lines }: MatrixData): number[] {
  const most: number[] = [];
  for (const line of lines) {
    if (line.total) continue;
    columns.forEach((c, i) => {
      if (!c.total) most[c.valueIndex] = Math.max(most[c.valueIndex] ?? 0, line.cells[i] ?? 0);
    });
  }
  return most;
}

function splitColumns(result: Result): MatrixColumn[] {
  const members = result.dimensions[result.rowGroups]?.members ?? [];
  const several = result.values.length > 1;
  const columns = members.flatMap((m, member) =>
    result.values.map((value, valueIndex): MatrixColumn => ({ key: `m${member}v${valueIndex}`, member, value, valueIndex, label: several ? `${m.label}, ${value.name}` : m.label, total: false })),
  );
  const totals = result.values.flatMap((value, valueIndex): MatrixColumn[] =>
    value.additive || result.rowTotals ? [{ key: `t${valueIndex}`, member: -1, value, valueIndex, label: several ? `Total, ${value.name}` : 'Total', total: true }] : [],
  );
  return [...columns, ...totals];
}

function sum(numbers: (number | null)[]): number | null {
  const present = numbers.filter((n): n is number => n !== null);
  return present.length === 0 ? null : present.reduce((a, b) => a + b, 0);
}

const sumOf = (widths: readonly number[]) => widths.reduce((a, b) => a + b, 0);

export type HeadForm = 'line' | 'plain' | 'broken';

export interface MatrixLayout {
  name: number;
  columns: number[];
  /** The heads with their dots before them, without dots, or broken into words as well. */
  heads: HeadForm;
  /** Names stand without their pictures where these would cut them. */
  pictures: boolean;
}

const padding = 14;
const leastName = 84;

/** Widths that fill `width`: heads give up their dots, names their pictures, heads break into lines, then names are cut before anything scrolls. */
export function layoutMatrix({ columns, lines }: MatrixData, width: number, nameHead: string, nameExtra: number, dots: boolean): MatrixLayout {
  const name = Math.ceil(Math.max(textWidth(nameHead, 12, 600), widest(lines.map((l) => l.member.label), 12.5, 600) + nameExtra)) + padding + 2;
  const figures = columns.map((c, i) => widest(lines.map((l) => `${plainValue(l.cells[i] ?? 0, c.value)}${l.second.length > 0 ? `   ${plainValue(l.second[i] ?? 0, c.value)}` : ''}`.replace(/\d/g, '0')), 12.5, 600));
  const headWidth = (c: MatrixColumn, form: HeadForm) => {
    // Heads of figures have figures of one width, that of the zero.
    const label = c.label.replace(/\d/g, '0');
    const words = form === 'broken' ? widest(label.split(/\s+/), 12, 600) : textWidth(label, 12, 600);
    return words + (form === 'line' && dots && c.member >= 0 ? 14 : 0);
  };
  const fit = (form: HeadForm) => columns.map((c, i) => Math.ceil(Math.max(headWidth(c, form), figures[i] ?? 0)) + padding + 2);
  const onLine: HeadForm[] = dots ? ['line', 'plain'] : ['line'];
  const plans: [HeadForm, boolean][] = [...onLine.map((form): [HeadForm, boolean] => [form, true]), [onLine[onLine.length - 1] ?? 'line', false]];
  const [heads, pictures] = plans.find(([form, pictured]) => name - (pictured ? 0 : nameExtra) + sumOf(fit(form)) <= width) ?? ['broken', false];
  const least = fit(heads);
  const free = width - sumOf(least);
  const wanted = pictures ? name : name - nameExtra;
  const nameWidth = Math.max(Math.min(wanted, leastName), Math.min(wanted, free));
  // What is left is shared, so that figures stand under evenly spaced heads.
  const more = Math.max(0, width - nameWidth - sumOf(least)) / Math.max(1, columns.length);
  return { name: nameWidth, columns: least.map((w) => w + more), heads, pictures };
}
