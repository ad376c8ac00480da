// Values that only a tooltip shows: they stand last in an answer, are not drawn, and are found again by what a mark
// stands for.
import type { Filter, Result, Row, Visual } from '../backend/types';
import { memberFilters } from './filters';
import type { Mark, TipRow } from './model';
import { inWords } from './wording';

const countOf = (visual: Visual, result: Result) => Math.min(visual.tooltips?.length ?? 0, Math.max(0, result.values.length - 1));

/** The answer without the values that only tooltips show; the same answer when there are none. */
export function drawnPart(visual: Visual, result: Result): Result {
  const more = countOf(visual, result);
  if (more === 0) return result;
  const own = result.values.length - more;
  const row = (r: Row): Row => ({
    ...r,
    values: r.values.slice(0, own),
    ...(r.parts ? { parts: r.parts.slice(0, own) } : {}),
    ...(r.compared ? { compared: r.compared.slice(0, own) } : {}),
  });
  return {
    ...result,
    values: result.values.slice(0, own),
    rows: result.rows.map(row),
    total: row(result.total),
    ...(result.rowTotals ? { rowTotals: result.rowTotals.map(row) } : {}),
    ...(result.columnTotals ? { columnTotals: result.columnTotals.map(row) } : {}),
  };
}

const keyOf = (filters: readonly Filter[]) => JSON.stringify(filters.map((f) => [f.field, f.op ?? 'in', f.values]).toSorted((a, b) => String(a[0]).localeCompare(String(b[0]))));

/** The marks with the further lines of their tooltips. A mark of several rows has those of its total, where there is one. */
export function withTooltips(marks: Mark[], visual: Visual, result: Result): Mark[] {
  const more = countOf(visual, result);
  if (more === 0) return marks;
  const own = result.values.length - more;
  const rows = new Map<string, Row>();
  const meet = (row: Row, from: number) => {
    const filters = row.keys.flatMap((k, i) => {
      const dimension = result.dimensions[from + i];
      const member = dimension?.members[k];
      return dimension && member ? memberFilters(dimension, member) : [];
    });
    rows.set(keyOf(filters), row);
  };
  for (const row of result.rows) meet(row, 0);
  for (const row of result.rowTotals ?? []) meet(row, 0);
  return marks.map((mark) => {
    const meant = mark.filters.length > 0 ? mark.filters : (mark.stands ?? []);
    const row = meant.length > 0 ? rows.get(keyOf(meant)) : undefined;
    if (!row) return mark;
    const further = result.values.slice(own).flatMap((info, i): TipRow[] => {
      const n = row.values[own + i] ?? null;
      return n === null ? [] : [{ name: info.name, value: inWords(n, info) }];
    });
    return further.length === 0 ? mark : { ...mark, tip: [...mark.tip, ...further], name: `${mark.name}, ${further.map((f) => `${f.name} ${f.value}`).join(', ')}` };
  });
}
