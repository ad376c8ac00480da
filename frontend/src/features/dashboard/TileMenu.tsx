// What can be done with a tile.
import { Menu, MenuDivider, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { ArrowDownload20Regular } from '@fluentui/react-icons/svg/arrow-download';
import { DataBarVertical20Regular } from '@fluentui/react-icons/svg/data-bar-vertical';
import { Delete20Regular } from '@fluentui/react-icons/svg/delete';
import { Edit20Regular } from '@fluentui/react-icons/svg/edit';
import { MoreHorizontal20Regular } from '@fluentui/react-icons/svg/more-horizontal';
import { Open20Regular } from '@fluentui/react-icons/svg/open';
import { Table20Regular } from '@fluentui/react-icons/svg/table';
import { Button } from '../../ui/Button';
import { navigate, type Route } from '../../ui/navigation';
import { texts } from './texts';

export interface TileActions {
  exportCsv: () => void;
  edit: () => void;
  remove: () => void;
}

interface TileMenuProps {
  title: string;
  /** Where a click leads; null when nowhere. */
  page: Route | null;
  /** Its numbers can be shown as a table and saved. */
  numbers: boolean;
  asTable: boolean;
  onAsTable: (show: boolean) => void;
  actions: TileActions;
  open: boolean;
  onOpen: (open: boolean) => void;
}

export function TileMenu({ title, page, numbers, asTable, onAsTable, actions, open, onOpen }: TileMenuProps) {
  return (
    <Menu open={open} onOpenChange={(_, d) => onOpen(d.open)} positioning={{ position: 'below', align: 'end' }}>
      <MenuTrigger disableButtonEnhancement>
        <Button look="subtle" size="small" icon={<MoreHorizontal20Regular />} aria-label={texts.more(title)} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {page && (
            <MenuItem icon={<Open20Regular />} onClick={() => navigate(page)}>
              {texts.goToReport}
            </MenuItem>
          )}
          {numbers && (
            <MenuItem icon={asTable ? <DataBarVertical20Regular /> : <Table20Regular />} onClick={() => onAsTable(!asTable)}>
              {asTable ? texts.asVisual : texts.asTable}
            </MenuItem>
          )}
          {numbers && (
            <MenuItem icon={<ArrowDownload20Regular />} onClick={actions.exportCsv}>
              {texts.export}
            </MenuItem>
          )}
          {(page || numbers) && <MenuDivider />}
          <MenuItem icon={<Edit20Regular />} onClick={actions.edit}>
            {texts.details}
          </MenuItem>
          <MenuItem icon={<Delete20Regular />} onClick={actions.remove}>
            {texts.deleteTile}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
