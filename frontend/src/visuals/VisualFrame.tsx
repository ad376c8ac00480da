// The card round a visual of a report page: title, what it says, legend, drawing, caveat, and the tools
// that appear on its upper edge under the pointer or the keyboard. It hears the two keys of Power BI for
// whatever of it has the focus.
/* oxlint-disable jsx-a11y/no-noninteractive-element-interactions */
import { useCallback, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Filter, Sort, Visual, VisualData } from '../backend/types';
import { usePalette } from '../ui/theme';
import { chartTypes, kindInWords } from './chartTypes';
import type { ColorBook } from './colorBook';
import { MarkMenuContext, type MarkMeant, type OpenMarkMenu } from './markMenu';
import { useSize } from './useSize';
import styles from './VisualFrame.module.css';
import { drawnPart } from './tooltips';
import { VisualHead } from './VisualHead';
import { VisualTools } from './VisualTools';
import { footOf, subtitleOf, visualInWords } from './visualWords';

/** What the tools and marks of a visual can do. One object for all visuals of a page, the same all along. */
export interface VisualActions {
  asTable(visual: string, show: boolean): void;
  focus(visual: string, alone: boolean): void;
  exportCsv(visual: string): void;
  /** Asks how its data is written as a file. */
  exportData?(visual: string): void;
  savePicture?(visual: string): void;
  copyPicture?(visual: string): void;
  /** Asks to which dashboard it is pinned. */
  pin?(visual: string): void;
  pick(visual: string, filters: Filter[], add: boolean): void;
  /** The menu of a mark at a place of the window. */
  menu?(visual: string, mark: MarkMeant, at: { x: number; y: number }): void;
  showItems?(visual: string, filters: Filter[], value: number): void;
  spotlight?(visual: string, on: boolean): void;
  /** Null goes back to how its author sorted it. */
  sort?(visual: string, sort: Sort[] | null): void;
  drill?(visual: string, way: 'up' | 'next' | 'expand' | 'mode'): void;
  /** Everything that affects a visual, in words. */
  affecting?(visual: string): AffectedBy[];
}

export interface AffectedBy {
  title: string;
  lines: string[];
}

/** Which ways lead through the levels of a visual; in drill mode a click on a mark goes into it. */
export interface Levels {
  up: boolean;
  down: boolean;
  mode: boolean;
}

/** Something a visual can be sorted by; `now` is what it is sorted by. */
export interface SortChoice {
  by: string;
  name: string;
  number: boolean;
  now: boolean;
  descending?: boolean;
}

export interface VisualFrameProps {
  visual: Visual;
  data: VisualData | undefined;
  colors: ColorBook;
  /** The picked marks, when they were picked in this visual. */
  selection: readonly Filter[] | null;
  /** What is said once for the whole page. */
  sharedNotes: readonly string[];
  asTable: boolean;
  focused: boolean;
  /** It stands out while the others are dimmed, or is one of those. */
  spotlit?: boolean;
  dimmed?: boolean;
  levels?: Levels | null;
  sorts?: readonly SortChoice[];
  actions: VisualActions;
  style?: React.CSSProperties | undefined;
  className?: string;
  children: ReactNode;
}

const noSorts: SortChoice[] = [];

export function VisualFrame(props: VisualFrameProps) {
  const { visual, data, colors, selection, asTable, focused, actions, style, className, children } = props;
  const palette = usePalette();
  const figure = useRef<HTMLElement>(null);
  const height = useSize(figure)?.height ?? Infinity;
  const described = useId();
  const [menu, setMenu] = useState(false);
  // A card carries its title inside, also as a table: there is no room for a second one.
  const card = visual.type === 'card';
  // A text says itself what it is about.
  const untitled = visual.type === 'text' && visual.title === '';
  const type = chartTypes[visual.type];
  const legend = useMemo(
    () => (!asTable && type && data?.result && data.result.rows.length > 0 ? type.legend({ visual, result: drawnPart(visual, data.result), palette, colors }) : []),
    [asTable, type, data, visual, palette, colors],
  );
  const subtitle = subtitleOf(visual, data);
  const foot = asTable ? '' : footOf(visual, data, props.sharedNotes);
  const typed = (event: KeyboardEvent) => {
    if (!event.altKey || !event.shiftKey) return;
    if (event.key === 'F11') {
      event.preventDefault();
      actions.asTable(visual.id, !asTable);
    } else if (event.key === 'F10') {
      event.preventDefault();
      setMenu(true);
    }
  };
  const onPick = useCallback((filters: Filter[], add: boolean) => actions.pick(visual.id, filters, add), [actions, visual.id]);
  const picked = (selection?.length ?? 0) > 0;
  const openMenu = useMemo((): OpenMarkMenu | null => {
    const { menu: open } = actions;
    return open ? (mark, at) => open(visual.id, mark, at) : null;
  }, [actions, visual.id]);
  return (
    <figure
      ref={figure}
      aria-label={visual.title || kindInWords[visual.type]}
      aria-describedby={described}
      data-visual={visual.id}
      className={`${styles.frame} ${card ? styles.cardFrame : ''} ${picked ? styles.source : ''} ${menu ? styles.open : ''} ${props.dimmed ? styles.dimmed : ''} ${className ?? ''}`}
      style={style}
      onKeyDown={typed}
    >
      <p id={described} className="sl-unseen">
        {visualInWords(visual, data)}
      </p>
      {!card && !untitled && (
        <div className={styles.head}>
          <VisualHead title={visual.title} subtitle={subtitle} legend={legend} selection={selection} onPick={onPick} height={height} />
        </div>
      )}
      <VisualTools
        id={visual.id}
        title={visual.title}
        asTable={asTable}
        focused={focused}
        spotlit={props.spotlit ?? false}
        levels={props.levels ?? null}
        sorts={props.sorts ?? noSorts}
        actions={actions}
        menu={menu}
        onMenu={setMenu}
      />
      <div className={card ? styles.cardBody : styles.body}>
        <MarkMenuContext value={openMenu}>{children}</MarkMenuContext>
      </div>
      {foot && !card && <footer className={styles.foot}>{foot}</footer>}
    </figure>
  );
}
