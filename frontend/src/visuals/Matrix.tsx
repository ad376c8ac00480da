// A matrix: members down, members across, numbers right, totals bold under a line. Its cells take the focus,
// so it is a grid to a screen reader.
/* oxlint-disable jsx-a11y/no-noninteractive-element-to-interactive-role */
import { useVirtualizer } from '@tanstack/react-virtual';
import { Person16Regular } from '@fluentui/react-icons/svg/person';
import { Fragment, useMemo, useState, useRef, type CSSProperties, type KeyboardEvent } from 'react';
import type { Dimension, Filter, Result } from '../backend/types';
import { plainValue } from '../format/values';
import { PersonAvatar } from '../ui/PersonAvatar';
import { usePalette } from '../ui/theme';
import type { ColorBook } from './colorBook';
import { heatColor, memberPaint, readableOn } from './colors';
import { step } from './DataGrid';
import grid from './DataGrid.module.css';
import { isPicked } from './filters';
import { hottest, layoutMatrix, pivot, type MatrixColumn, type MatrixLine } from './matrix';
import { menuByKey, menuByPointer, useMarkMenu } from './markMenu';
import styles from './Matrix.module.css';
import { useFonts } from './motion';
import { useSize } from './useSize';

export interface MatrixProps {
  label: string;
  result: Result;
  colors: ColorBook;
  selection: readonly Filter[] | null;
  tile?: boolean;
  /** Cells are coloured by their number, which stays written. */
  heat?: boolean;
  onPick?: (filters: Filter[], add: boolean) => void;
}

const leastHeatRow = 18;

/** Matrices of more rows draw only those that can be seen. */
const mostWhole = 60;
const rowHeight = 28;

export function Matrix({ label, result, colors, selection, tile, heat, onPick }: MatrixProps) {
  const data = useMemo(() => pivot(result), [result]);
  const { columns } = data;
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const fonts = useFonts();
  const menu = useMarkMenu();
  const table = useRef<HTMLTableElement>(null);
  const [cell, setCell] = useState({ row: 0, column: 0 });
  const rowsOf = result.dimensions[result.rowGroups - 1];
  const head = result.dimensions.slice(0, result.rowGroups).map((d) => d.name).join(' › ');
  const palette = usePalette();
  const most = useMemo(() => (heat ? hottest(data) : []), [heat, data]);
  const heatOf = (line: MatrixLine, c: MatrixColumn, i: number) => {
    const n = line.cells[i] ?? null;
    const top = most[c.valueIndex] ?? 0;
    if (!heat || line.total || c.total || n === null || n <= 0 || top <= 0) return undefined;
    const color = heatColor(n / top, palette);
    return { background: color, color: readableOn(color, palette) };
  };
  const across = result.dimensions[result.rowGroups];
  const people = rowsOf?.role === 'person';
  const dots = across !== undefined && colored(across);
  const layout = useMemo(
    () => layoutMatrix(data, size?.width ?? 480, head, people ? 27 : 0, dots),
    // Fonts change the widths that the layout measures.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [data, size?.width, head, people, dots, fonts],
  );
  // A heat table is seen at once: its rows become lower, and its total gives way, before anything scrolls.
  const headHeight = layout.heads === 'broken' ? 46 : 30;
  const tall = size?.height ?? Infinity;
  const lowest = heat && size ? Math.max(leastHeatRow, Math.min(28, Math.floor((tall - headHeight) / Math.max(1, data.lines.length)))) : 28;
  const lines = heat && data.lines.length * lowest + headHeight > tall ? data.lines.filter((l) => !l.total) : data.lines;
  const windowed = !tile && !heat && lines.length > mostWhole;
  const virtual = useVirtualizer({ count: windowed ? lines.length : 0, getScrollElement: () => frame.current, estimateSize: () => rowHeight, overscan: 8 });
  const rows = rowsInSight(lines.length, windowed ? virtual.getVirtualItems() : null);
  const typed = (event: KeyboardEvent) => {
    const to = step(cell, event, lines.length, columns.length + 1);
    if (to) {
      event.preventDefault();
      setCell(to);
      const focus = () => table.current?.querySelector<HTMLElement>(`[data-cell="${to.row}:${to.column}"]`)?.focus();
      if (windowed) {
        virtual.scrollToIndex(to.row);
        requestAnimationFrame(focus); // the row may only be drawn after the scroll
      } else focus();
      return;
    }
    const line = lines[cell.row];
    if (line) menuByKey(menu, event, { filters: line.filters, name: line.member.label, value: 0 });
    if ((event.key === 'Enter' || event.key === ' ') && line && line.filters.length > 0 && onPick) {
      event.preventDefault();
      onPick(line.filters, event.ctrlKey || event.metaKey);
    }
  };
  const focusable = (row: number, column: number) =>
    tile ? {} : { tabIndex: cell.row === row && cell.column === column ? 0 : -1, 'data-cell': `${row}:${column}`, onFocus: () => setCell({ row, column }) };
  return (
    <div ref={frame} className={`${grid.frame} ${styles[layout.heads] ?? ''} ${tile ? grid.still : ''}`} style={lowest < 28 ? ({ '--sl-row': `${lowest}px` } as CSSProperties) : undefined}>
      <table ref={table} role="grid" aria-label={label} aria-rowcount={windowed ? lines.length + 1 : undefined} className={`${grid.grid} ${styles.matrix}`} style={{ width: layout.columns.reduce((sum, w) => sum + w, layout.name) }} onKeyDown={tile ? undefined : typed}>
        <colgroup>
          <col style={{ width: layout.name }} />
          {columns.map((c, i) => (
            <col key={c.key} style={{ width: layout.columns[i] }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            {columns.map((c) => (
              <th key={c.key} scope="col" className={`${grid.right} ${c.total ? styles.total : ''}`}>
                {across && dots && layout.heads === 'line' && c.member >= 0 ? <ColumnDot dimension={across} member={c.member} colors={colors} /> : null}
                {c.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.before > 0 && <tr aria-hidden="true" style={{ height: rows.before }} />}
          {rows.shown.map((r) => {
            const line = lines[r];
            if (!line) return null;
            const picked = isPicked(line.filters, selection);
            return (
              <Fragment key={line.key}>
              {r === lines.length - 1 && rows.after > 0 && <tr aria-hidden="true" style={{ height: rows.after }} />}
              <tr
                aria-rowindex={windowed ? r + 2 : undefined}
                style={lowest < 28 ? { height: lowest } : undefined}
                aria-selected={onPick && !line.total ? picked : undefined}
                className={`${picked ? grid.picked : ''} ${onPick && !line.total ? grid.picks : ''} ${line.total ? styles.totalLine : ''}`}
                onContextMenu={(event) => menuByPointer(menu, event, { filters: line.filters, name: line.member.label, value: 0 })}
                onClick={(event) => !line.total && onPick?.(line.filters, event.ctrlKey || event.metaKey)}
              >
                <th scope="row" title={line.member.label} {...focusable(r, 0)}>
                  {people && layout.pictures && !line.total ? <Person name={line.member.label} address={line.member.detail} nobody={line.member.value === null || line.member.value === ''} /> : line.member.label}
                </th>
                {columns.map((c, i) => (
                  <td key={c.key} className={`${grid.right} ${c.total ? styles.total : ''} ${heat && !c.total && !line.total ? styles.heat : ''}`} style={heatOf(line, c, i)} {...focusable(r, i + 1)}>
                    {line.cells[i] === null || line.cells[i] === undefined ? '' : plainValue(line.cells[i], c.value)}
                    {line.second.length > 0 && line.second[i] !== null && line.second[i] !== undefined && <span className={styles.then}>{plainValue(line.second[i], c.value)}</span>}
                  </td>
                ))}
              </tr>
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Which rows are drawn, and the heights that stand for the others. The last one, which may be the total, is always drawn. */
export function rowsInSight(count: number, seen: readonly { index: number }[] | null): { before: number; shown: number[]; after: number } {
  if (!seen) return { before: 0, shown: Array.from({ length: count }, (_, r) => r), after: 0 };
  // Before the frame is measured, as in a test, the first rows stand for all.
  const first = seen[0]?.index ?? 0;
  const last = Math.min(seen.at(-1)?.index ?? mostWhole, count - 2);
  const shown = [...Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i), count - 1];
  const before = Math.min(first, count - 1);
  return { before: before * rowHeight, shown, after: (count - before - shown.length) * rowHeight };
}

const colored = (d: Dimension) => d.role === 'state' || d.role === 'stateCategory';

function ColumnDot({ dimension, member, colors }: { dimension: Dimension; member: number; colors: ColorBook }) {
  const palette = usePalette();
  return <i className={`${grid.dot} ${styles.headDot}`} style={{ background: memberPaint(dimension, member, palette, colors).color }} />;
}

function Person({ name, address, nobody }: { name: string; address: string | undefined; nobody: boolean }) {
  return (
    <span className={grid.withMark}>
      {nobody ? (
        <span className={grid.nobody}>
          <Person16Regular />
        </span>
      ) : (
        <PersonAvatar name={name} size={20} {...(address ? { address } : {})} />
      )}
      <span className={grid.cut}>{name}</span>
    </span>
  );
}
