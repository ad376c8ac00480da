// The navigation folded to a rail: three groups that open their list beside them, and Get Data.
import { Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { ArrowDownload20Regular } from '@fluentui/react-icons/svg/arrow-download';
import { useState } from 'react';
import type { ShellView } from '../../backend/types';
import { href } from '../../ui/navigation';
import type { OpenItem } from '../places';
import { itemsOf, type ItemKind } from '../shellState';
import { kinds, nav as texts } from '../texts';
import { KindIcon } from './icons';
import list from './LeftNav.module.css';
import { NavRow, type RowActions } from './NavRow';
import styles from './Rail.module.css';

const order: readonly ItemKind[] = ['dashboard', 'report', 'dataset'];

export function Rail(props: { state: ShellView; open: OpenItem | null; onGetData: boolean; actions: RowActions }) {
  const { state, open, onGetData, actions } = props;
  return (
    <nav className={styles.rail} aria-label={texts.label} data-region>
      {order.map((kind) => (
        <RailGroup key={kind} kind={kind} state={state} open={open} actions={actions} />
      ))}
      <a className={`${styles.entry} ${styles.getData}`} href={href({ screen: 'getData' })} aria-current={onGetData ? 'page' : undefined}>
        <ArrowDownload20Regular aria-hidden="true" />
        {texts.getData}
      </a>
    </nav>
  );
}

function RailGroup({ kind, state, open, actions }: { kind: ItemKind; state: ShellView; open: OpenItem | null; actions: RowActions }) {
  const [shown, setShown] = useState(false);
  const here = open?.kind === kind;
  const items = itemsOf(state, kind);
  return (
    <Popover open={shown} onOpenChange={(_, data) => setShown(data.open)} positioning="after-top" trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <button type="button" className={`${styles.entry} ${here ? styles.here : ''}`}>
          <KindIcon kind={kind} open={here} />
          {kinds[kind].group}
        </button>
      </PopoverTrigger>
      <PopoverSurface className={styles.flyout} aria-label={kinds[kind].group}>
        <h2 className={styles.flyoutHead}>{kinds[kind].group}</h2>
        {items.length === 0 && <p className={list.empty}>{kind === 'dashboard' ? texts.emptyFirst : texts.empty}</p>}
        <ul className={list.rows}>
          {items.map((item) => (
            <NavRow key={item.id} kind={kind} item={item} open={open?.item.id === item.id} actions={actions} opened={() => setShown(false)} />
          ))}
        </ul>
      </PopoverSurface>
    </Popover>
  );
}
