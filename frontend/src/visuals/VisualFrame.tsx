// The card round a visual of a report page: title, what it says, legend, drawing, caveat, and the tools
// that appear on its upper edge under the pointer or the keyboard. It hears the two keys of Power BI for
// whatever of it has the focus.
/* oxlint-disable jsx-a11y/no-noninteractive-element-interactions */
import { Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Tooltip } from '@fluentui/react-components';
import { ArrowDownload20Regular } from '@fluentui/react-icons/svg/arrow-download';
import { ArrowMaximize20Regular } from '@fluentui/react-icons/svg/arrow-maximize';
import { ArrowMinimize20Regular } from '@fluentui/react-icons/svg/arrow-minimize';
import { DataBarVertical20Regular } from '@fluentui/react-icons/svg/data-bar-vertical';
import { MoreHorizontal20Regular } from '@fluentui/react-icons/svg/more-horizontal';
import { Table20Regular } from '@fluentui/react-icons/svg/table';
import { memo, useCallback, useId, useMemo, useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import type { Filter, Visual, VisualData } from '../backend/types';
import { Button } from '../ui/Button';
import { usePalette } from '../ui/theme';
import { chartTypes, kindInWords } from './chartTypes';
import type { ColorBook } from './colorBook';
import styles from './VisualFrame.module.css';
import { drawnPart } from './tooltips';
import { VisualHead } from './VisualHead';
import { footOf, subtitleOf, visualInWords } from './visualWords';

/** What the tools and marks of a visual can do. One object for all visuals of a page, the same all along. */
export interface VisualActions {
  asTable(visual: string, show: boolean): void;
  focus(visual: string, alone: boolean): void;
  exportCsv(visual: string): void;
  pick(visual: string, filters: Filter[], add: boolean): void;
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
  actions: VisualActions;
  style?: React.CSSProperties | undefined;
  className?: string;
  children: ReactNode;
}

export function VisualFrame(props: VisualFrameProps) {
  const { visual, data, colors, selection, asTable, focused, actions, style, className, children } = props;
  const palette = usePalette();
  const described = useId();
  const [menu, setMenu] = useState(false);
  // A card carries its title inside, also as a table: there is no room for a second one.
  const card = visual.type === 'card';
  // A text says itself what it is about.
  const untitled = visual.type === 'text' && visual.title === '';
  const type = chartTypes[visual.type];
  const legend = useMemo(
    () => (!asTable && type && data?.result ? type.legend({ visual, result: drawnPart(visual, data.result), palette, colors }) : []),
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
  return (
    <figure
      aria-label={visual.title || kindInWords[visual.type]}
      aria-describedby={described}
      data-visual={visual.id}
      className={`${styles.frame} ${card ? styles.cardFrame : ''} ${picked ? styles.source : ''} ${menu ? styles.open : ''} ${className ?? ''}`}
      style={style}
      onKeyDown={typed}
    >
      <p id={described} className="sl-unseen">
        {visualInWords(visual, data)}
      </p>
      {!card && !untitled && (
        <div className={styles.head}>
          <VisualHead title={visual.title} subtitle={subtitle} legend={legend} selection={selection} onPick={onPick} />
        </div>
      )}
      <Tools id={visual.id} title={visual.title} asTable={asTable} focused={focused} actions={actions} menu={menu} onMenu={setMenu} />
      <div className={card ? styles.cardBody : styles.body}>{children}</div>
      {foot && !card && <footer className={styles.foot}>{foot}</footer>}
    </figure>
  );
}

interface ToolsProps {
  id: string;
  title: string;
  asTable: boolean;
  focused: boolean;
  actions: VisualActions;
  menu: boolean;
  onMenu: (open: boolean) => void;
}

// Drawn again only when a tool changes: a click on a mark draws every visual of the page, and their menus are heavy.
const Tools = memo(function Tools({ id, title, asTable, focused, actions, menu, onMenu }: ToolsProps) {
  const table = asTable ? 'Show as a visual' : 'Show as a table';
  const focus = focused ? 'Leave focus mode' : 'Focus mode';
  const tableIcon = asTable ? <DataBarVertical20Regular /> : <Table20Regular />;
  const focusIcon = focused ? <ArrowMinimize20Regular /> : <ArrowMaximize20Regular />;
  const showTable = () => actions.asTable(id, !asTable);
  const showAlone = () => actions.focus(id, !focused);
  const exportCsv = () => actions.exportCsv(id);
  return (
    <div className={styles.tools} role="toolbar" aria-label={`${title}, tools`}>
      <Tool label={table} icon={tableIcon} onClick={showTable} />
      <Tool label="Export as CSV" icon={<ArrowDownload20Regular />} onClick={exportCsv} />
      <Tool label={focus} icon={focusIcon} onClick={showAlone} />
      <Menu open={menu} onOpenChange={(_, d) => onMenu(d.open)} positioning={{ position: 'below', align: 'end' }}>
        <MenuTrigger disableButtonEnhancement>
          <Button look="subtle" size="small" icon={<MoreHorizontal20Regular />} aria-label="More options" />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem icon={tableIcon} secondaryContent="Alt+Shift+F11" onClick={showTable}>
              {table}
            </MenuItem>
            <MenuItem icon={<ArrowDownload20Regular />} onClick={exportCsv}>
              Export as CSV
            </MenuItem>
            <MenuItem icon={focusIcon} onClick={showAlone}>
              {focus}
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </div>
  );
});

function Tool({ label, icon, onClick }: { label: string; icon: ReactElement; onClick: () => void }) {
  return (
    <Tooltip content={label} relationship="label" positioning="above">
      <Button look="subtle" size="small" icon={icon} onClick={onClick} />
    </Tooltip>
  );
}
