// One visual of a page. It is drawn again only when its own answer, selection or tools change.
import { memo, useCallback, useMemo, type CSSProperties } from 'react';
import type { Drill, Filter, Sort, Visual, VisualData } from '../../backend/types';
import type { ColorBook } from '../../visuals/colorBook';
import type { OpenItem } from '../../visuals/GridCell';
import { VisualBody } from '../../visuals/VisualBody';
import { VisualFrame, type VisualActions } from '../../visuals/VisualFrame';
import { canGoDown, canGoUp, hasLevels } from './drill';
import styles from './ReportPage.module.css';
import { sortChoices } from './sorting';
import { useTurn, type Turns } from './timeTravel/turns';

interface PageVisualProps {
  visual: Visual;
  /** Its answer; undefined while turns give it. */
  data: VisualData | undefined;
  turns: Turns | null;
  /** What is picked, when it was picked in this visual; null otherwise. */
  selection: readonly Filter[] | null;
  colors: ColorBook;
  asTable: boolean;
  focused: boolean;
  spotlit: boolean;
  dimmed: boolean;
  drill: Drill | undefined;
  drilling: boolean;
  sort: Sort[] | undefined;
  sharedNotes: readonly string[];
  actions: VisualActions;
  onOpenItem: OpenItem;
  style: CSSProperties | undefined;
}

export const PageVisual = memo(function PageVisual(props: PageVisualProps) {
  const { visual, turns, selection, colors, asTable, focused, sharedNotes, actions, onOpenItem, style } = props;
  const data = useTurn(turns, visual.id, props.data);
  const { spotlit, dimmed, drill, drilling, sort } = props;
  const levels = useMemo(() => (hasLevels(visual) ? { up: canGoUp(drill), down: canGoDown(visual, drill), mode: drilling } : null), [visual, drill, drilling]);
  const sorts = useMemo(() => sortChoices(visual, data?.result, sort), [visual, data?.result, sort]);
  // A table tells by its heads how it is sorted.
  const drawn = useMemo(() => (sort ? { ...visual, query: { ...visual.query, sort } } : visual), [visual, sort]);
  // Alone on the page there is room for both: the drawing above, its numbers beneath.
  const both = focused && asTable && visual.type !== 'table';
  const onPick = useCallback((filters: Filter[], add: boolean) => actions.pick(visual.id, filters, add), [actions, visual.id]);
  const onSort = useCallback((by: Sort[] | null) => actions.sort?.(visual.id, by), [actions, visual.id]);
  return (
    <VisualFrame visual={visual} data={data} colors={colors} selection={selection} sharedNotes={sharedNotes} asTable={asTable} focused={focused} spotlit={spotlit} dimmed={dimmed} levels={levels} sorts={sorts} actions={actions} style={style}>
      {both ? (
        <div className={styles.both}>
          <div>
            <VisualBody visual={drawn} data={data} colors={colors} selection={selection} onPick={onPick} onOpenItem={onOpenItem} />
          </div>
          <div>
            <VisualBody visual={drawn} data={data} colors={colors} selection={selection} asTable onPick={onPick} onOpenItem={onOpenItem} />
          </div>
        </div>
      ) : (
        <VisualBody visual={drawn} data={data} colors={colors} selection={selection} asTable={asTable} onPick={onPick} onOpenItem={onOpenItem} sort={sort} onSort={onSort} />
      )}
    </VisualFrame>
  );
});
