// The tools on the upper edge of a visual, and its menu. They are drawn again only when one of them changes: a click on a
// mark draws every visual of the page, and their menus are heavy.
import { Menu, MenuDivider, MenuItem, MenuItemRadio, MenuList, MenuPopover, MenuTrigger, Popover, PopoverSurface, PopoverTrigger, Tooltip } from '@fluentui/react-components';
import { ArrowCircleDown20Filled, ArrowCircleDown20Regular } from '@fluentui/react-icons/svg/arrow-circle-down';
import { ArrowCircleDownDouble20Regular } from '@fluentui/react-icons/svg/arrow-circle-down-double';
import { ArrowCircleUp20Regular } from '@fluentui/react-icons/svg/arrow-circle-up';
import { ArrowDownload20Regular } from '@fluentui/react-icons/svg/arrow-download';
import { ArrowMaximize20Regular } from '@fluentui/react-icons/svg/arrow-maximize';
import { ArrowMinimize20Regular } from '@fluentui/react-icons/svg/arrow-minimize';
import { ArrowSort20Regular } from '@fluentui/react-icons/svg/arrow-sort';
import { BranchFork20Regular } from '@fluentui/react-icons/svg/branch-fork';
import { DataBarVertical20Regular } from '@fluentui/react-icons/svg/data-bar-vertical';
import { DocumentTable20Regular } from '@fluentui/react-icons/svg/document-table';
import { Filter20Regular } from '@fluentui/react-icons/svg/filter';
import { Image20Regular } from '@fluentui/react-icons/svg/image';
import { ImageCopy20Regular } from '@fluentui/react-icons/svg/image-copy';
import { Lightbulb20Regular } from '@fluentui/react-icons/svg/lightbulb';
import { MoreHorizontal20Regular } from '@fluentui/react-icons/svg/more-horizontal';
import { Pin20Regular } from '@fluentui/react-icons/svg/pin';
import { Table20Regular } from '@fluentui/react-icons/svg/table';
import { TextBulletList20Regular } from '@fluentui/react-icons/svg/text-bullet-list';
import { memo, useState, type ReactElement } from 'react';
import { Button } from '../ui/Button';
import type { AffectedBy, Levels, SortChoice, VisualActions } from './VisualFrame';
import styles from './VisualFrame.module.css';

export interface VisualToolsProps {
  id: string;
  title: string;
  asTable: boolean;
  focused: boolean;
  spotlit: boolean;
  /** Where the visual stands in its levels; null when it has none. */
  levels: Levels | null;
  /** What it can be sorted by; none when it cannot. */
  sorts: readonly SortChoice[];
  actions: VisualActions;
  menu: boolean;
  onMenu: (open: boolean) => void;
}

// What it can be sorted by comes anew with every answer, and is mostly the same.
function sameTools(a: VisualToolsProps, b: VisualToolsProps): boolean {
  const { sorts: before, ...one } = a;
  const { sorts: after, ...other } = b;
  return (Object.keys(other) as (keyof typeof other)[]).every((k) => Object.is(one[k], other[k])) && JSON.stringify(before) === JSON.stringify(after);
}

export const VisualTools = memo(function VisualTools(props: VisualToolsProps) {
  const { id, title, asTable, focused, spotlit, levels, sorts, actions, menu, onMenu } = props;
  const table = asTable ? 'Show as a visual' : 'Show as a table';
  const focus = focused ? 'Leave focus mode' : 'Focus mode';
  const tableIcon = asTable ? <DataBarVertical20Regular /> : <Table20Regular />;
  const focusIcon = focused ? <ArrowMinimize20Regular /> : <ArrowMaximize20Regular />;
  const showTable = () => actions.asTable(id, !asTable);
  const showAlone = () => actions.focus(id, !focused);
  const exportCsv = () => actions.exportCsv(id);
  return (
    <div className={styles.tools} role="toolbar" aria-label={`${title}, tools`}>
      {levels && <DrillTools id={id} levels={levels} actions={actions} />}
      {actions.affecting && <Funnel id={id} affecting={actions.affecting} />}
      <Tool label={table} icon={tableIcon} onClick={showTable} />
      <Tool label="Export as CSV" icon={<ArrowDownload20Regular />} onClick={exportCsv} />
      <Tool label={focus} icon={focusIcon} onClick={showAlone} />
      <Menu open={menu} onOpenChange={(_, d) => onMenu(d.open)} positioning={{ position: 'below', align: 'end' }}>
        <MenuTrigger disableButtonEnhancement>
          <Button look="subtle" size="small" icon={<MoreHorizontal20Regular />} aria-label="More options" />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {actions.showItems && (
              <MenuItem icon={<TextBulletList20Regular />} onClick={() => actions.showItems?.(id, [], 0)}>
                Show the items
              </MenuItem>
            )}
            <MenuItem icon={tableIcon} secondaryContent="Alt+Shift+F11" onClick={showTable}>
              {table}
            </MenuItem>
            <MenuItem icon={<ArrowDownload20Regular />} onClick={exportCsv}>
              Export as CSV
            </MenuItem>
            {actions.exportData && (
              <MenuItem icon={<DocumentTable20Regular />} onClick={() => actions.exportData?.(id)}>
                Export data
              </MenuItem>
            )}
            {actions.copyPicture && (
              <MenuItem icon={<ImageCopy20Regular />} onClick={() => actions.copyPicture?.(id)}>
                Copy as picture
              </MenuItem>
            )}
            {actions.savePicture && (
              <MenuItem icon={<Image20Regular />} onClick={() => actions.savePicture?.(id)}>
                Save as picture
              </MenuItem>
            )}
            <MenuItem icon={focusIcon} onClick={showAlone}>
              {focus}
            </MenuItem>
            {actions.pin && (
              <MenuItem icon={<Pin20Regular />} onClick={() => actions.pin?.(id)}>
                Pin to dashboard
              </MenuItem>
            )}
            {actions.spotlight && (
              <MenuItem icon={<Lightbulb20Regular />} onClick={() => actions.spotlight?.(id, !spotlit)}>
                {spotlit ? 'End the spotlight' : 'Spotlight'}
              </MenuItem>
            )}
            {actions.sort && sorts.length > 0 && <SortMenu id={id} sorts={sorts} sort={actions.sort} />}
            {levels && <DrillItems id={id} levels={levels} actions={actions} />}
          </MenuList>
        </MenuPopover>
      </Menu>
    </div>
  );
}, sameTools);

function SortMenu({ id, sorts, sort }: { id: string; sorts: readonly SortChoice[]; sort: NonNullable<VisualActions['sort']> }) {
  const now = sorts.find((s) => s.now);
  const checked = { by: now ? [now.by] : [], way: now ? [now.descending ? 'desc' : 'asc'] : [] };
  return (
    <Menu checkedValues={checked}>
      <MenuTrigger disableButtonEnhancement>
        <MenuItem icon={<ArrowSort20Regular />}>Sort by</MenuItem>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {sorts.map((s) => (
            <MenuItemRadio key={s.by} name="by" value={s.by} onClick={() => sort(id, [{ by: s.by, descending: now ? (now.descending ?? false) : s.number }])}>
              {s.name}
            </MenuItemRadio>
          ))}
          <MenuDivider />
          <MenuItemRadio name="way" value="desc" disabled={!now} onClick={() => now && sort(id, [{ by: now.by, descending: true }])}>
            Sort descending
          </MenuItemRadio>
          <MenuItemRadio name="way" value="asc" disabled={!now} onClick={() => now && sort(id, [{ by: now.by, descending: false }])}>
            Sort ascending
          </MenuItemRadio>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

function DrillTools({ id, levels, actions }: { id: string; levels: Levels; actions: VisualActions }) {
  const mode = levels.mode ? 'Leave drill mode' : 'Drill mode';
  return (
    <>
      <Tool label="Drill up" icon={<ArrowCircleUp20Regular />} disabled={!levels.up} onClick={() => actions.drill?.(id, 'up')} />
      <Tool label={mode} icon={levels.mode ? <ArrowCircleDown20Filled /> : <ArrowCircleDown20Regular />} pressed={levels.mode} disabled={!levels.down && !levels.mode} onClick={() => actions.drill?.(id, 'mode')} />
      <Tool label="Next level" icon={<ArrowCircleDownDouble20Regular />} disabled={!levels.down} onClick={() => actions.drill?.(id, 'next')} />
      <Tool label="Expand to the next level" icon={<BranchFork20Regular />} disabled={!levels.down} onClick={() => actions.drill?.(id, 'expand')} />
    </>
  );
}

function DrillItems({ id, levels, actions }: { id: string; levels: Levels; actions: VisualActions }) {
  return (
    <>
      <MenuDivider />
      <MenuItem icon={<ArrowCircleUp20Regular />} disabled={!levels.up} onClick={() => actions.drill?.(id, 'up')}>
        Drill up
      </MenuItem>
      <MenuItem icon={<ArrowCircleDownDouble20Regular />} disabled={!levels.down} onClick={() => actions.drill?.(id, 'next')}>
        Next level
      </MenuItem>
      <MenuItem icon={<BranchFork20Regular />} disabled={!levels.down} onClick={() => actions.drill?.(id, 'expand')}>
        Expand to the next level
      </MenuItem>
    </>
  );
}

/** Everything that affects the visual, read only. It is asked for when it is opened. */
function Funnel({ id, affecting }: { id: string; affecting: (visual: string) => AffectedBy[] }) {
  const [groups, setGroups] = useState<AffectedBy[] | null>(null);
  return (
    <Popover open={groups !== null} onOpenChange={(_, d) => setGroups(d.open ? affecting(id) : null)} positioning={{ position: 'below', align: 'end' }} trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button look="subtle" size="small" icon={<Filter20Regular />} aria-label="Filters that affect this visual" title="Filters that affect this visual" />
      </PopoverTrigger>
      <PopoverSurface className={styles.affected} aria-label="Filters that affect this visual" tabIndex={-1}>
        {groups?.length === 0 && <p>Nothing filters this visual.</p>}
        {groups?.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <ul>
              {group.lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </section>
        ))}
      </PopoverSurface>
    </Popover>
  );
}

function Tool({ label, icon, pressed, disabled, onClick }: { label: string; icon: ReactElement; pressed?: boolean; disabled?: boolean; onClick: () => void }) {
  return (
    <Tooltip content={label} relationship="label" positioning="above">
      <Button look="subtle" size="small" icon={icon} disabled={disabled ?? false} aria-pressed={pressed} onClick={onClick} />
    </Tooltip>
  );
}
