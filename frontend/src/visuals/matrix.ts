// A Result turned round: one line per row member, one column per column member, totals where parts add up.
import type { Filter, Member, Result, ValueInfo } from '../backend/types';
import { memberFilters } from './filters';

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
  filters: Filter[];
  total: boolean;
}

export interface MatrixData {
  columns: MatrixColumn[];
  lines: MatrixLine[];
}

/** Totals are those the program computed; where it gave none, sums of what adds up, and blanks rather than wrong numbers. */
export function pivot(result: Result): MatrixData {
  const rowsOf = result.dimensions[0];
  const columnsOf = result.dimensions[result.rowGroups];
  if (!rowsOf || result.rowGroups === 0) return { columns: [], lines: [] };
  const columns = columnsOf ? splitColumns(result) : result.values.map((value, valueIndex): MatrixColumn => ({ key: `v${valueIndex}`, member: -1, value, valueIndex, label: value.name, total: false }));
  const lines = new Map<number, MatrixLine>();
  for (const row of result.rows) {
    const index = row.keys[0] ?? -1;
    const member = rowsOf.members[index];
    if (!member) continue;
    let line = lines.get(index);
    if (!line) {
      line = { key: JSON.stringify([member.value, member.other ?? false]), member, index, cells: columns.map(() => null), filters: memberFilters(rowsOf, member), total: false };
      lines.set(index, line);
    }
    const own = line;
    columns.forEach((c, i) => {
      const n = row.values[c.valueIndex] ?? null;
      if (n === null) return;
      if (c.total) own.cells[i] = c.value.additive ? (own.cells[i] ?? 0) + n : null;
      else if (!columnsOf || row.keys[result.rowGroups] === c.member) own.cells[i] = n;
    });
  }
  for (const row of result.rowTotals ?? []) {
    const line = lines.get(row.keys[0] ?? -1);
    columns.forEach((c, i) => {
      if (line && c.total) line.cells[i] = row.values[c.valueIndex] ?? null;
    });
  }
  const all = [...lines.values()];
  const sums = columns.map((c, i) => {
    if (c.total || !columnsOf) return result.total.values[c.valueIndex] ?? null;
    const computed = result.columnTotals?.find((r) => r.keys[0] === c.member);
    if (computed) return computed.values[c.valueIndex] ?? null;
    return c.value.additive ? sum(all.map((l) => l.cells[i] ?? null)) : null;
  });
  const total: MatrixLine = { key: 'total', member: { value: null, label: 'Total' }, index: -1, cells: sums, filters: [], total: true };
  return { columns, lines: all.length > 1 ? [...all, total] : all };
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
