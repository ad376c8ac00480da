import { Menu, MenuDivider, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { ArrowClockwise20Regular } from '@fluentui/react-icons/svg/arrow-clockwise';
import { ArrowSync20Regular } from '@fluentui/react-icons/svg/arrow-sync';
import { Board20Regular } from '@fluentui/react-icons/svg/board';
import { CheckmarkCircle16Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { DataBarVertical20Regular } from '@fluentui/react-icons/svg/data-bar-vertical';
import { Delete20Regular } from '@fluentui/react-icons/svg/delete';
import { MoreHorizontal20Regular } from '@fluentui/react-icons/svg/more-horizontal';
import type { DatasetView, NavItem } from '../../backend/types';
import { number } from '../../format/numbers';
import { ActionBar } from '../../ui/ActionBar';
import { Button } from '../../ui/Button';
import { Chip, type Tone } from '../../ui/Chip';
import { navigate } from '../../ui/navigation';
import { screen as texts } from './texts';

const tones: Record<DatasetView['state'], Tone> = { ready: 'ok', loading: 'brand', partial: 'sun', refreshing: 'brand', paused: 'plain', failed: 'warning' };

export interface DatasetBarProps {
  d: DatasetView;
  /** How far the running refresh is, 0 to 100. */
  percent: number;
  documents: { dashboards: readonly NavItem[]; reports: readonly NavItem[] };
  /** A step is on its way to the program. */
  busy: boolean;
  start: () => void;
  reload: () => void;
  remove: () => void;
}

/** The bar of a dataset: its name and state, refresh, and the menu of what is done rarely. */
export function DatasetBar({ d, percent, documents, busy, start, reload, remove }: DatasetBarProps) {
  const loads = d.state === 'loading' || d.state === 'partial' || d.state === 'refreshing';
  return (
    <ActionBar title={d.name} heading besideTitle={<State state={d.state} percent={percent} />}>
      {loads ? (
        <Button look="subtle" icon={<ArrowClockwise20Regular />} onClick={() => navigate({ screen: 'loading', id: d.id })}>
          {texts.seeLoad}
        </Button>
      ) : (
        <Button look="subtle" icon={<ArrowClockwise20Regular />} disabled={busy} onClick={start}>
          {d.state === 'paused' ? texts.goOn : texts.refresh}
        </Button>
      )}
      <Menu positioning="below-end">
        <MenuTrigger disableButtonEnhancement>
          <Button look="subtle" icon={<MoreHorizontal20Regular />} aria-label={texts.more} title={texts.more} />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {documents.dashboards.map((item) => (
              <MenuItem key={item.id} icon={<Board20Regular />} onClick={() => navigate({ screen: 'dashboard', id: item.id })}>
                {texts.openOf(item.name, texts.dashboard)}
              </MenuItem>
            ))}
            {documents.reports.map((item) => (
              <MenuItem key={item.id} icon={<DataBarVertical20Regular />} onClick={() => navigate({ screen: 'report', id: item.id })}>
                {texts.openOf(item.name, texts.report)}
              </MenuItem>
            ))}
            <MenuDivider />
            <MenuItem icon={<ArrowSync20Regular />} disabled={loads || d.lastRefresh === ''} onClick={reload}>
              {texts.fullReload}
            </MenuItem>
            <MenuItem icon={<Delete20Regular />} onClick={remove}>
              {texts.remove}
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </ActionBar>
  );
}

function State({ state, percent }: { state: DatasetView['state']; percent: number }) {
  return (
    <Chip tone={tones[state]} icon={state === 'ready' ? <CheckmarkCircle16Filled aria-hidden="true" /> : undefined}>
      {state === 'refreshing' ? texts.refreshing(number(Math.floor(percent))) : texts.states[state]}
    </Chip>
  );
}
