// How the rows of a table are sorted by its heads. Pure.
import type { Sort } from '../backend/types';
import { sortKey, type GridColumn, type GridRow } from './grid';

/** Numbers by size, texts as the person's language orders them. */
export const compare = (a: number | string, b: number | string) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b)));

/** What a column is called in a sort: its field, or the name of its value. */
export const sortName = ({ info }: GridColumn): string => ('field' in info ? info.field : info.name);

/** Rows by one column; rows without a value stand last both ways, equal ones keep their order. */
export function sortRows(rows: readonly GridRow[], column: GridColumn, descending: boolean): GridRow[] {
  return rows.toSorted((a, b) => {
    const [x, y] = [sortKey(column, a), sortKey(column, b)];
    if (x === undefined || y === undefined) return x === y ? 0 : x === undefined ? 1 : -1;
    return descending ? compare(y, x) : compare(x, y);
  });
}

/**
 * What a click on a head asks for: numbers fall first, names rise first; the second click turns the order round, the
 * third goes back to the author's (null). `now` is the way of this column, null when the rows stand by another one.
 */
export function nextSort(column: GridColumn, now: boolean | null, chosen: boolean): Sort[] | null {
  const first = column.kind === 'number';
  if (now === null) return [{ by: sortName(column), descending: first }];
  return chosen && now !== first ? null : [{ by: sortName(column), descending: !now }];
}
