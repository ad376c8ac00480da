// The inside of a visual: its drawing, or what stands in its place.
import { useMemo } from 'react';
import type { Filter, Result, Sort, Visual, VisualData } from '../backend/types';
import { ReportCard, TileCard } from './Card';
import { Chart } from './Chart';
import { chartTypes } from './chartTypes';
import type { ColorBook } from './colorBook';
import { DataGrid } from './DataGrid';
import { isPicked } from './filters';
import { gridColumns, gridRows, type GridColumn, type GridRow } from './grid';
import { nextSort, sortName, sortRows } from './gridSort';
import type { OpenItem } from './GridCell';
import { ImageVisual } from './ImageVisual';
import { Matrix } from './Matrix';
import { isEmpty, readPlot } from './plot';
import { Skeleton } from './Skeleton';
import { TextVisual } from './TextVisual';
import { drawnPart } from './tooltips';
import { memberFilters } from './filters';
import { EmptyVisual, RefusedVisual } from './VisualState';

export interface VisualBodyProps {
  visual: Visual;
  /** Undefined while the first answer is awaited. */
  data: VisualData | undefined;
  colors: ColorBook;
  selection: readonly Filter[] | null;
  /** Show the numbers behind the drawing. */
  asTable?: boolean;
  tile?: boolean;
  onPick?: (filters: Filter[], add: boolean) => void;
  onOpenItem?: OpenItem;
  /** What a reader sorted it by; the document's sort stands in `visual` then no more. */
  sort?: Sort[] | undefined;
  /** The head of a table was clicked; null is how the author sorted it. Without it a table keeps its order to itself. */
  onSort?: (sort: Sort[] | null) => void;
}

export function VisualBody(props: VisualBodyProps) {
  const { visual, data, colors, selection, asTable, tile, onPick, onOpenItem } = props;
  // A card of a report carries its title inside: it stands there at once.
  const waiting = <Skeleton type={visual.type} title={tile ? '' : visual.title} />;
  if (visual.type === 'text') return <TextVisual text={visual.text ?? ''} />;
  if (visual.type === 'image') return <ImageVisual source={visual.text ?? ''} name={visual.title} />;
  if (!data) return waiting;
  if (data.fault) return <RefusedVisual fault={data.fault} />;
  if (!data.result) return waiting;
  if (asTable) return <ResultGrid title={visual.title} result={data.result} colors={colors} onOpenItem={onOpenItem} />;
  if (visual.type === 'card') return tile ? <TileCard visual={visual} data={data} /> : <ReportCard visual={visual} data={data} />;
  if (hasNothing(visual, data.result)) return <EmptyVisual />;
  if (visual.type === 'table') return <TableVisual {...props} result={data.result} />;
  if (visual.type === 'matrix' || visual.type === 'heat') return <Matrix heat={visual.type === 'heat'} label={visual.title} result={drawnPart(visual, data.result)} colors={colors} selection={selection} tile={tile} onPick={onPick} />;
  const type = chartTypes[visual.type];
  if (!type) return <EmptyVisual reason={`This Sightline cannot draw a ${visual.type} yet`} />;
  return <Chart type={type} visual={visual} result={data.result} colors={colors} selection={selection} tile={tile} onPick={onPick} />;
}

function hasNothing(visual: Visual, result: Result): boolean {
  if (visual.type === 'table' || visual.type === 'matrix' || visual.type === 'heat') return result.rows.length === 0;
  return isEmpty(readPlot(result));
}

/** Show as a table: every group and every number of an answer, whatever draws it otherwise. */
function ResultGrid({ title, result, colors, onOpenItem }: { title: string; result: Result; colors: ColorBook; onOpenItem?: OpenItem }) {
  const columns = useMemo(() => gridColumns(result), [result]);
  const rows = useMemo(() => gridRows(result), [result]);
  return <DataGrid label={`${title}, as a table`} columns={columns} rows={rows} colors={colors} onOpenItem={onOpenItem} rowHeight={28} />;
}

function TableVisual({ visual, result, colors, selection, tile, onPick, onOpenItem, sort, onSort }: VisualBodyProps & { result: Result }) {
  const columns = useMemo(() => gridColumns(drawnPart(visual, result), visual.options.dataBars), [visual, result]);
  const first = (sort ?? visual.query.sort)?.[0];
  const sorted = columns.find((c) => sortName(c) === first?.by || ('measure' in c.info && c.info.measure === first?.by));
  const chosen = sort && sorted && first ? sorted : null;
  const rows = useMemo(() => {
    const all = gridRows(result);
    return chosen ? sortRows(all, chosen, first?.descending ?? false) : all;
  }, [result, chosen, first?.descending]);
  const sortBy = (column: GridColumn) => onSort?.(nextSort(column, sorted === column ? (first?.descending ?? false) : null, chosen !== null));
  return (
    <DataGrid
      label={visual.title}
      columns={columns}
      rows={rows}
      colors={colors}
      sortedBy={sorted && first ? { id: sorted.id, descending: first.descending ?? false } : undefined}
      isPicked={onPick ? (row) => isPicked(rowFilters(result, row), selection) : undefined}
      onPick={onPick ? (row, add) => onPick(rowFilters(result, row), add) : undefined}
      onOpenItem={onOpenItem}
      filtersOf={(row) => rowFilters(result, row)}
      still={tile}
      {...(onSort ? { onSort: sortBy } : {})}
    />
  );
}

/** What picking a row means: its work item when it is one, else everything it is grouped by. */
export function rowFilters(result: Result, row: GridRow): Filter[] {
  const id = result.dimensions.findIndex((d) => d.role === 'workItemId');
  const meant = id >= 0 ? [id] : result.dimensions.map((_, i) => i);
  return meant.flatMap((i) => {
    const dimension = result.dimensions[i];
    const member = row.members[i];
    return dimension && member ? memberFilters(dimension, member) : [];
  });
}
