// One visual of a page with its tools: as a table, as a file, alone.
import type { CSSProperties } from 'react';
import type { Filter, PageState, Visual, VisualData } from '../../backend/types';
import type { ColorBook } from '../../visuals/colorBook';
import type { OpenItem } from '../../visuals/GridCell';
import { VisualBody } from '../../visuals/VisualBody';
import { VisualFrame } from '../../visuals/VisualFrame';
import type { PageStep } from './pageState';

export interface VisualTools {
  /** The visual that is shown as a table, if any. */
  tables: ReadonlySet<string>;
  onTable: (visual: string, show: boolean) => void;
  /** The visual that fills the page, or ''. */
  focus: string;
  onFocus: (visual: string) => void;
  onExport: (visual: string) => void;
  onOpenItem: OpenItem;
}

interface PageVisualProps {
  visual: Visual;
  data: VisualData | undefined;
  state: PageState;
  colors: ColorBook;
  step: (step: PageStep) => void;
  tools: VisualTools;
  style?: CSSProperties;
}

export function PageVisual({ visual, data, state, colors, step, tools, style }: PageVisualProps) {
  const selection: readonly Filter[] | null = state.selection?.visual === visual.id ? state.selection.filters : null;
  const asTable = tools.tables.has(visual.id);
  const onPick = (filters: Filter[], add: boolean) => step({ type: 'pick', visual: visual.id, filters, add });
  return (
    <VisualFrame
      visual={visual}
      data={data}
      colors={colors}
      selection={selection}
      asTable={asTable}
      focused={tools.focus === visual.id}
      onAsTable={(show) => tools.onTable(visual.id, show)}
      onFocus={(focus) => tools.onFocus(focus ? visual.id : '')}
      onExport={() => tools.onExport(visual.id)}
      onPick={onPick}
      {...(style ? { style } : {})}
    >
      <VisualBody visual={visual} data={data} colors={colors} selection={selection} asTable={asTable} onPick={onPick} onOpenItem={tools.onOpenItem} />
    </VisualFrame>
  );
}
