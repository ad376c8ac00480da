// The rows as a grid: sorted by the program, drawn only where they are seen, walked with the arrow keys. A table whose
// cells take the focus is a grid to a screen reader.
/* oxlint-disable jsx-a11y/no-noninteractive-element-to-interactive-role */
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown16Regular } from '@fluentui/react-icons/svg/arrow-down';
import { ArrowUp16Regular } from '@fluentui/react-icons/svg/arrow-up';
import { useEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import type { ItemKey, ItemsColumn } from '../../../backend/types';
import type { ColorBook } from '../../../visuals/colorBook';
import { step } from '../../../visuals/DataGrid';
import { useFonts } from '../../../visuals/motion';
import { useSize } from '../../../visuals/useSize';
import { ItemCell } from './ItemCell';
import { barOf, cellText, kindOf, widthsOf, type LoadedRows } from './itemColumns';
import styles from './ItemsGrid.module.css';
import { texts } from './texts';

export interface ItemsGridProps {
  list: LoadedRows;
  /** Of the column of the keys. */
  keyName: string;
  /** How many rows there are, loaded or not. */
  count: number;
  compact: boolean;
  orderBy: string;
  descending: boolean;
  zone: string;
  /** The rows are those of a past time, so columns that are known only as of today say so. */
  past: boolean;
  colors: ColorBook;
  selected: ReadonlySet<ItemKey>;
  onSelect: (keys: readonly ItemKey[], on: boolean) => void;
  onSort: (column: string, descending: boolean) => void;
  /** Enter, or a double click, on a row. */
  onEnter: (at: number) => void;
  /** A click on the key of a row; undefined for rows without a page in Azure DevOps. */
  onOpen?: (at: number) => void;
  onSeen: (first: number, last: number) => void;
  onNearEnd: () => void;
}

const boxWidth = 44;
const headHeight = 36;
const rowHeights = { comfortable: 36, compact: 30 };

export function ItemsGrid(props: ItemsGridProps) {
  const { list, keyName, count, compact, orderBy, descending, zone, past, colors, selected, onSelect, onSort, onEnter, onOpen, onSeen, onNearEnd } = props;
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const fonts = useFonts();
  const rowHeight = compact ? rowHeights.compact : rowHeights.comfortable;
  const keyWidth = list.keys.some((k) => typeof k === 'string') ? 110 : 84;
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const widths = useMemo(() => widthsOf(list, (size?.width ?? 900) - boxWidth - keyWidth, zone, past), [list, size?.width, keyWidth, zone, past, fonts]);
  const bars = useMemo(() => list.columns.map((c, i) => barOf(c, i, list.rows)), [list]);
  const virtual = useVirtualizer({ count: list.keys.length, getScrollElement: () => frame.current, estimateSize: () => rowHeight, overscan: 10 });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const [cell, setCell] = useState({ row: 0, column: 1 });
  const drawn = virtual.getVirtualItems();
  // Before the frame is measured, as in a test, the first rows stand for all.
  const visible = drawn.length > 0 ? drawn.map((i) => ({ index: i.index, start: i.start })) : list.keys.slice(0, 40).map((_, index) => ({ index, start: index * rowHeight }));
  const before = visible[0]?.start ?? 0;
  const after = Math.max(0, list.keys.length * rowHeight - before - visible.length * rowHeight);
  const last = visible.at(-1)?.index ?? 0;

  const seen = useRef({ onSeen, onNearEnd });
  useEffect(() => {
    seen.current = { onSeen, onNearEnd };
  });
  const top = virtual.scrollOffset ?? 0;
  const height = Math.max(0, (size?.height ?? 0) - headHeight);
  useEffect(() => {
    const rows = list.keys.length;
    seen.current.onSeen(rows === 0 ? 0 : Math.floor(top / rowHeight) + 1, Math.min(rows, Math.max(1, Math.floor((top + height) / rowHeight))));
    if (rows < count && last >= rows - 40) seen.current.onNearEnd();
  }, [top, height, rowHeight, last, list.keys.length, count]);

  const focus = (row: number, column: number) => {
    setCell({ row, column });
    virtual.scrollToIndex(row);
    requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`)?.focus());
  };
  const typed = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset.cell === undefined) return;
    const key = list.keys[cell.row];
    const to = step(cell, event, list.keys.length, list.columns.length + 2);
    if (to) {
      event.preventDefault();
      focus(to.row, to.column);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (event.ctrlKey) onOpen?.(cell.row);
      else onEnter(cell.row);
    } else if (event.key === ' ' && key !== undefined) {
      event.preventDefault();
      onSelect([key], !selected.has(key));
    } else if (event.key.toLowerCase() === 'a' && event.ctrlKey) {
      event.preventDefault();
      onSelect(list.keys, true);
    }
  };
  const all = list.keys.length > 0 && list.keys.every((k) => selected.has(k));
  const shared = (index: number, c: number) => ({
    'data-cell': `${index}:${c}`,
    tabIndex: cell.row === index && cell.column === c ? 0 : -1,
    onFocus: () => (cell.row !== index || cell.column !== c) && setCell({ row: index, column: c }),
  });
  return (
    <div ref={frame} className={styles.frame} style={{ '--sl-row': `${rowHeight}px` } as CSSProperties}>
      <table
        role="grid"
        aria-label={texts.list}
        aria-rowcount={count + 1}
        aria-multiselectable="true"
        className={styles.grid}
        style={{ width: boxWidth + keyWidth + widths.reduce((a, b) => a + b, 0) }}
        onKeyDown={typed}
      >
        <colgroup>
          <col style={{ width: boxWidth }} />
          <col style={{ width: keyWidth }} />
          {widths.map((w, i) => (
            <col key={list.columns[i]?.name} style={{ width: w }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className={styles.box}>
              <input type="checkbox" checked={all} aria-label={texts.selectAll} onChange={() => onSelect(list.keys, !all)} />
            </th>
            <Head past={past} column={null} name={keyName} sorted={orderBy === keyName} descending={descending} onSort={onSort} />
            {list.columns.map((column) => (
              <Head key={column.name} past={past} column={column} name={column.name} sorted={orderBy === column.name} descending={descending} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
          {visible.map(({ index }) => {
            const key = list.keys[index];
            if (key === undefined) return null;
            const picked = selected.has(key);
            return (
              <tr key={key} aria-rowindex={index + 2} aria-selected={picked} className={picked ? styles.picked : ''} style={{ height: rowHeight }} onDoubleClick={() => onEnter(index)}>
                <td {...shared(index, 0)} className={styles.box}>
                  <input type="checkbox" tabIndex={-1} checked={picked} aria-label={texts.selectRow(String(key))} onChange={() => onSelect([key], !picked)} />
                </td>
                <td {...shared(index, 1)} className={`${styles.key} ${typeof key === 'number' ? styles.right : ''}`} title={String(key)}>
                  {onOpen ? (
                    <button type="button" tabIndex={-1} className={styles.link} title={texts.openKey(String(key))} onClick={() => onOpen(index)}>
                      {typeof key === 'string' ? key.slice(0, 9) : key}
                    </button>
                  ) : (
                    key
                  )}
                </td>
                {list.columns.map((column, i) => (
                  <td
                    key={column.name}
                    {...shared(index, i + 2)}
                    className={`${kindOf(column) === 'title' ? styles.title : ''} ${isRight(column) ? styles.right : ''}`}
                    title={cellText(column, list.rows[index]?.[i], zone)}
                  >
                    <ItemCell column={column} cell={list.rows[index]?.[i]} max={bars[i] ?? null} zone={zone} colors={colors} />
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

const isRight = (c: ItemsColumn) => kindOf(c) === 'number' || kindOf(c) === 'date';

interface HeadProps {
  past: boolean;
  /** null is the column of the keys. */
  column: ItemsColumn | null;
  name: string;
  sorted: boolean;
  descending: boolean;
  onSort: (column: string, descending: boolean) => void;
}

function Head({ past, column, name, sorted, descending, onSort }: HeadProps) {
  const right = column === null || isRight(column);
  // Numbers and dates are first asked for from the largest on.
  const first = column !== null && right;
  return (
    <th scope="col" className={right ? styles.right : ''} aria-sort={sorted ? (descending ? 'descending' : 'ascending') : undefined}>
      <button type="button" className={`${styles.head} ${sorted ? styles.sorted : ''}`} onClick={() => onSort(name, sorted ? !descending : first)}>
        {name}
        {past && column?.time === 'now' && (
          <span className={styles.now} title={texts.nowExplained}>
            {texts.nowMark}
          </span>
        )}
        {sorted && (descending ? <ArrowDown16Regular /> : <ArrowUp16Regular />)}
      </button>
    </th>
  );
}
