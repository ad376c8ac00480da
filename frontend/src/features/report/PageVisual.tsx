// One visual of a page. It is drawn again only when its own answer, selection or tools change.
import { memo, useCallback, type CSSProperties } from 'react';
import type { Filter, Visual, VisualData } from '../../backend/types';
import type { ColorBook } from '../../visuals/colorBook';
import type { OpenItem } from '../../visuals/GridCell';
import { VisualBody } from '../../visuals/VisualBody';
import { VisualFrame, type VisualActions } from '../../visuals/VisualFrame';

interface PageVisualProps {
  visual: Visual;
  data: VisualData | undefined;
  /** What is picked, when it was picked in this visual; null otherwise. */
  selection: readonly Filter[] | null;
  colors: ColorBook;
  asTable: boolean;
  focused: boolean;
  sharedNotes: readonly string[];
  actions: VisualActions;
  onOpenItem: OpenItem;
  style: CSSProperties | undefined;
}

export const PageVisual = memo(function PageVisual(props: PageVisualProps) {
  const { visual, data, selection, colors, asTable, focused, sharedNotes, actions, onOpenItem, style } = props;
  const onPick = useCallback((filters: Filter[], add: boolean) => actions.pick(visual.id, filters, add), [actions, visual.id]);
  return (
    <VisualFrame visual={visual} data={data} colors={colors} selection={selection} sharedNotes={sharedNotes} asTable={asTable} focused={focused} actions={actions} style={style}>
      <VisualBody visual={visual} data={data} colors={colors} selection={selection} asTable={asTable} onPick={onPick} onOpenItem={onOpenItem} />
    </VisualFrame>
  );
});
