// The menu of a mark: what can be done with what it stands for.
import { Menu, MenuDivider, MenuItem, MenuList, MenuPopover } from '@fluentui/react-components';
import { ArrowCircleDown20Regular } from '@fluentui/react-icons/svg/arrow-circle-down';
import { Filter20Regular } from '@fluentui/react-icons/svg/filter';
import { FilterDismiss20Regular } from '@fluentui/react-icons/svg/filter-dismiss';
import { Open20Regular } from '@fluentui/react-icons/svg/open';
import { SelectAllOn20Regular } from '@fluentui/react-icons/svg/select-all-on';
import { TextBulletList20Regular } from '@fluentui/react-icons/svg/text-bullet-list';
import { useMemo, useState } from 'react';
import type { Filter } from '../../backend/types';
import type { MarkMeant } from '../../visuals/markMenu';
import type { Including } from './including';
import { texts } from './texts';

export interface MeantMark extends MarkMeant {
  visual: string;
  at: { x: number; y: number };
}

interface MarkMenuProps {
  mark: MeantMark;
  /** Goes into the mark; null when it has no level below. */
  into: (() => void) | null;
  onPick: (add: boolean) => void;
  onShowItems: (visual: string, filters: Filter[], value: number) => void;
  onOpenItem: (id: number) => void;
  /** What of it can be kept alone or left out, with its name in words. */
  including: readonly { what: string; choice: Including }[];
  onFilter: (card: string, filters: Filter[]) => void;
  close: () => void;
}

/** The one work item that filters mean, or null. */
export function singleItem(filters: readonly Filter[]): number | null {
  const id = filters.find((f) => f.field === 'Work items[Id]' && (f.op ?? 'in') === 'in' && f.values?.length === 1)?.values?.[0];
  return typeof id === 'number' ? id : null;
}

export function MarkMenu({ mark, into, onPick, onShowItems, onOpenItem, including, onFilter, close }: MarkMenuProps) {
  const [before] = useState(() => document.activeElement);
  const target = useMemo(() => {
    const { x, y } = mark.at;
    return { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) };
  }, [mark]);
  const item = singleItem(mark.filters);
  const leave = () => {
    close();
    window.setTimeout(() => before instanceof HTMLElement && before.isConnected && before.focus());
  };
  return (
    <Menu open onOpenChange={(_, d) => !d.open && leave()} positioning={{ target, position: 'below', align: 'start' }}>
      <MenuPopover>
        <MenuList aria-label={texts.markMenu(mark.name)}>
          <MenuItem icon={<TextBulletList20Regular />} secondaryContent="Alt+Enter" onClick={() => onShowItems(mark.visual, mark.filters, mark.value)}>
            {texts.showTheItems}
          </MenuItem>
          {item !== null && (
            <MenuItem icon={<Open20Regular />} onClick={() => onOpenItem(item)}>
              {texts.openItem}
            </MenuItem>
          )}
          {into && (
            <MenuItem icon={<ArrowCircleDown20Regular />} onClick={into}>
              {texts.drillInto}
            </MenuItem>
          )}
          <MenuDivider />
          <MenuItem icon={<SelectAllOn20Regular />} secondaryContent="Enter" onClick={() => onPick(false)}>
            {texts.select}
          </MenuItem>
          <MenuItem secondaryContent="Ctrl+Enter" onClick={() => onPick(true)}>
            {texts.addToSelection}
          </MenuItem>
          {including.length > 0 && <MenuDivider />}
          {including.map(({ what, choice }) => (
            <MenuItem key={`+${choice.card}`} icon={<Filter20Regular />} onClick={() => onFilter(choice.card, choice.include)}>
              {texts.include(what)}
            </MenuItem>
          ))}
          {including.map(({ what, choice }) => (
            <MenuItem key={`-${choice.card}`} icon={<FilterDismiss20Regular />} onClick={() => onFilter(choice.card, choice.exclude)}>
              {texts.exclude(what)}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
