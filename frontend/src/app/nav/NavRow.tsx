// One line of the navigation: icon, name, asterisk, what it is doing, and the menu behind "…".
import { Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { ArrowClockwise20Regular } from '@fluentui/react-icons/svg/arrow-clockwise';
import { Copy20Regular } from '@fluentui/react-icons/svg/copy';
import { Delete20Regular } from '@fluentui/react-icons/svg/delete';
import { MoreHorizontal20Regular } from '@fluentui/react-icons/svg/more-horizontal';
import { Open20Regular } from '@fluentui/react-icons/svg/open';
import { Rename20Regular } from '@fluentui/react-icons/svg/rename';
import { PauseCircle20Regular } from '@fluentui/react-icons/svg/pause-circle';
import { Warning16Filled } from '@fluentui/react-icons/svg/warning';
import type { NavItem } from '../../backend/types';
import { Button } from '../../ui/Button';
import { NewAsterisk } from '../../ui/Mark';
import { href, navigate } from '../../ui/navigation';
import { Ring } from '../../ui/Ring';
import { itemRoute } from '../places';
import { isMoving, type ItemKind } from '../shellState';
import { nav as texts } from '../texts';
import { KindIcon } from './icons';
import styles from './LeftNav.module.css';

export interface RowActions {
  rename: (kind: ItemKind, item: NavItem) => void;
  remove: (item: NavItem) => void;
  refresh: (item: NavItem) => void;
  duplicate: (item: NavItem) => void;
  removeDashboard: (item: NavItem) => void;
  /** A new dashboard; null when there is no dataset that it could show. */
  make: (() => void) | null;
}

export function NavRow(props: { kind: ItemKind; item: NavItem; open: boolean; actions: RowActions; opened?: () => void }) {
  const { kind, item, open, actions, opened } = props;
  // There is nothing to see yet: a click leads to the load.
  const waits = kind !== 'dataset' && itemRoute(kind, item).screen === 'loading';
  const isNew = item.new && !waits;
  const look = [styles.row, open && styles.open, isNew && styles.new, waits && styles.waits];
  return (
    <li className={look.filter(Boolean).join(' ')}>
      <a href={href(itemRoute(kind, item))} aria-current={open ? 'page' : undefined} title={item.name} onClick={opened}>
        <KindIcon kind={kind} open={open} />
        <span className={styles.name}>{item.name}</span>
        {isNew && <NewAsterisk />}
        <span className={styles.doing}>
          <Doing kind={kind} item={item} />
        </span>
      </a>
      <RowMenu kind={kind} item={item} actions={actions} />
    </li>
  );
}

// Only the dataset tells what it is doing: its dashboard and report would say the same again.
function Doing({ kind, item }: { kind: ItemKind; item: NavItem }) {
  if (kind !== 'dataset') return null;
  if (isMoving(item)) {
    return <Ring size={14} share={item.percent / 100} label={texts.loading(Math.floor(item.percent))} />;
  }
  if (item.state === 'failed') return <Warning16Filled className={styles.failed} aria-label={texts.failed} />;
  if (item.state === 'paused') return <PauseCircle20Regular className={styles.paused} aria-label={texts.paused} />;
  return null;
}

function RowMenu({ kind, item, actions }: { kind: ItemKind; item: NavItem; actions: RowActions }) {
  return (
    <Menu positioning="below-end">
      <MenuTrigger disableButtonEnhancement>
        <Button look="subtle" size="small" className={styles.more} icon={<MoreHorizontal20Regular />} aria-label={texts.more(item.name)} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem icon={<Open20Regular />} onClick={() => navigate(itemRoute(kind, item))}>
            {texts.open}
          </MenuItem>
          {kind === 'dataset' && !isMoving(item) && (
            <MenuItem icon={<ArrowClockwise20Regular />} onClick={() => actions.refresh(item)}>
              {texts.refresh}
            </MenuItem>
          )}
          <MenuItem icon={<Rename20Regular />} onClick={() => actions.rename(kind, item)}>
            {texts.rename}
          </MenuItem>
          {kind === 'dashboard' && (
            <MenuItem icon={<Copy20Regular />} onClick={() => actions.duplicate(item)}>
              {texts.duplicate}
            </MenuItem>
          )}
          {kind !== 'report' && (
            <MenuItem icon={<Delete20Regular />} onClick={() => (kind === 'dataset' ? actions.remove : actions.removeDashboard)(item)}>
              {texts.remove}
            </MenuItem>
          )}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
