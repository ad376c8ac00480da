// A grid of rows: sorted by its heads, walked with the arrow keys, drawn only where it is seen. A table whose
// cells take the focus is a grid to a screen reader.
/* oxlint-disable jsx-a11y/no-noninteractive-element-to-interactive-role */
import {
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type SortFn,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown16Regular } from '@fluentui/react-icons/svg/arrow-down';
import { ArrowUp16Regular } from '@fluentui/react-icons/svg/arrow-up';
import { useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent } from 'react';
import type { Filter } from '../backend/types';
import { GridCell, type OpenItem } from './GridCell';
import styles from './DataGrid.module.css';
import { menuByKey, menuByPointer, useMarkMenu } from './markMenu';
import { cellText, layoutGrid, sortKey, type GridColumn, type GridRow } from './grid';
import { compare } from './gridSort';
import type { ColorBook } from './colorBook';
import { useFonts } from './motion';
import { useSize } from './useSize';

const headHeight = 28;
const leastTileRow = 22;

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
const byKey: SortFn<typeof features, GridRow> = (a, b, id) => compare(a.getValue<number | string>(id), b.getValue<number | string>(id));

export interface DataGridProps {
  label: string;
  columns: readonly GridColumn[];
  rows: readonly GridRow[];
  colors: ColorBook;
  /** How the rows stand now: the sort of the query that made them. */
  sortedBy?: { id: string; descending: boolean };
  /** Says whether a row is picked; without it rows cannot be picked. */
  isPicked?: (row: GridRow) => boolean;
  onPick?: (row: GridRow, add: boolean) => void;
  onOpenItem?: OpenItem;
  /** What a row means, for its menu. */
  filtersOf?: (row: GridRow) => Filter[];
  /** A tile of a dashboard: no sorting, no focus. */
  still?: boolean;
  /** A head was clicked: whoever gives the rows sorts them. Without it the grid sorts what it has. */
  onSort?: (column: GridColumn) => void;
  rowHeight?: number;
}

export function DataGrid({ label, columns, rows, colors, sortedBy, isPicked, onPick, onOpenItem, filtersOf, still, onSort, rowHeight: wanted = 28 }: DataGridProps) {
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const fonts = useFonts();
  const menu = useMarkMenu();
  const meant = (row: GridRow) => ({ filters: filtersOf?.(row) ?? [], name: row.members.map((m) => m.label).join(', '), value: 0 });
  const defs = useMemo(
    () =>
      columns.map(
        (column): ColumnDef<typeof features, GridRow> => ({
          id: column.id,
          accessorFn: (row) => sortKey(column, row),
          sortFn: byKey,
          sortUndefined: 'last',
          sortDescFirst: column.kind === 'number',
        }),
      ),
    [columns],
  );
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({ features, columns: defs, data, getRowId: (row) => row.id, enableMultiSort: false });
  const all = table.getRowModel().rows;
  // A tile does not scroll: it ends with the last row that is whole, and its rows share the height.
  const room = still && size ? Math.max(1, Math.floor((size.height - headHeight) / leastTileRow)) : all.length;
  const shown = all.slice(0, room);
  const rowHeight = still && size ? Math.min(wanted, (size.height - headHeight) / Math.max(1, Math.min(room, all.length))) : wanted;
  const sorting = table.state.sorting[0]?.id ?? sortedBy?.id ?? '';
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const layout = useMemo(() => layoutGrid(columns, rows, size?.width ?? 600, still ? '' : sorting), [columns, rows, size?.width, sorting, still, fonts]);
  const virtual = useVirtualizer({ count: shown.length, getScrollElement: () => frame.current, estimateSize: () => rowHeight, overscan: 8 });
  const [cell, setCell] = useState({ row: 0, column: 0 });
  const total = layout.widths.reduce((sum, w) => sum + w, 0);

  const focus = (row: number, column: number) => {
    setCell({ row, column });
    virtual.scrollToIndex(row);
    // The row may only be drawn after the scroll.
    requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`)?.focus());
  };
  const typed = (event: KeyboardEvent) => {
    const own = shown[cell.row]?.original;
    if (own) menuByKey(menu, event, meant(own));
    const to = step(cell, event, shown.length, columns.length);
    if (to) {
      event.preventDefault();
      focus(to.row, to.column);
    } else if ((event.key === ' ' || event.key === 'Enter') && onPick && event.target instanceof HTMLElement && event.target.dataset.cell) {
      const row = shown[cell.row]?.original;
      if (!row) return;
      event.preventDefault();
      onPick(row, event.ctrlKey || event.metaKey);
    }
  };

  const items = virtual.getVirtualItems();
  // Before the frame is measured, as in a test, the first rows stand for all.
  const visible = items.length > 0 ? items.map((i) => ({ index: i.index, start: i.start })) : shown.slice(0, 50).map((_, index) => ({ index, start: index * rowHeight }));
  const before = visible[0]?.start ?? 0;
  const after = virtual.getTotalSize() - before - visible.length * rowHeight;

  return (
    <div ref={frame} className={`${styles.frame} ${still ? styles.still : ''}`} style={{ '--sl-row': `${rowHeight}px` } as CSSProperties}>
      <table role="grid" aria-label={label} aria-rowcount={shown.length + 1} className={styles.grid} style={{ width: Math.max(total, 0) }} onKeyDown={still ? undefined : typed}>
        <colgroup>
          {layout.widths.map((w, i) => (
            <col key={columns[i]?.id} style={{ width: w }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => {
              const own = table.getColumn(column.id);
              const sorted = own?.getIsSorted() || (table.state.sorting.length === 0 && sortedBy?.id === column.id && (sortedBy.descending ? 'desc' : 'asc'));
              const number = column.kind === 'number' || column.kind === 'id';
              return (
                <th key={column.id} scope="col" className={number ? styles.right : ''} aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}>
                  {still ? (
                    column.head
                  ) : (
                    <button type="button" className={`${styles.head} ${sorted ? styles.sorted : ''}`} onClick={() => (onSort ? onSort(column) : own?.toggleSorting())}>
                      {column.head}
                      {sorted === 'asc' && <ArrowUp16Regular />}
                      {sorted === 'desc' && <ArrowDown16Regular />}
                    </button>
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
          {visible.map(({ index }) => {
            const row = shown[index]?.original;
            if (!row) return null;
            const picked = isPicked?.(row) ?? false;
            return (
              <tr
                key={row.id}
                aria-rowindex={index + 2}
                aria-selected={isPicked ? picked : undefined}
                className={`${picked ? styles.picked : ''} ${onPick ? styles.picks : ''}`}
                style={{ height: rowHeight }}
                onContextMenu={(event) => menuByPointer(menu, event, meant(row))}
                onClick={(event: MouseEvent) => onPick?.(row, event.ctrlKey || event.metaKey)}
              >
                {columns.map((column, c) => (
                  <td
                    key={column.id}
                    data-cell={`${index}:${c}`}
                    tabIndex={still ? undefined : cell.row === index && cell.column === c ? 0 : -1}
                    onFocus={() => (cell.row !== index || cell.column !== c) && setCell({ row: index, column: c })}
                    className={`${styles[column.kind] ?? ''} ${column.kind === 'number' || column.kind === 'id' ? styles.right : ''}`}
                    title={column.kind === 'number' ? undefined : cellText(column, row)}
                  >
                    <GridCell column={column} row={row} density={layout.density} colors={colors} onOpenItem={still ? undefined : onOpenItem} />
                  </td>
                ))}
              </tr>
            );
          })}
          {after >= 1 && <tr aria-hidden="true" style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  );
}

/** Where an arrow key leads inside a grid, or null when the key is not ours. */
export function step(from: { row: number; column: number }, event: Pick<KeyboardEvent, 'key' | 'ctrlKey'>, rows: number, columns: number): { row: number; column: number } | null {
  const { row, column } = from;
  switch (event.key) {
    case 'ArrowDown':
      return { row: Math.min(rows - 1, row + 1), column };
    case 'ArrowUp':
      return { row: Math.max(0, row - 1), column };
    case 'ArrowRight':
      return { row, column: Math.min(columns - 1, column + 1) };
    case 'ArrowLeft':
      return { row, column: Math.max(0, column - 1) };
    case 'Home':
      return { row: event.ctrlKey ? 0 : row, column: 0 };
    case 'End':
      return { row: event.ctrlKey ? rows - 1 : row, column: columns - 1 };
    case 'PageDown':
      return { row: Math.min(rows - 1, row + 10), column };
    case 'PageUp':
      return { row: Math.max(0, row - 10), column };
    default:
      return null;
  }
}
