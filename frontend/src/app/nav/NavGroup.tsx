import { ChevronDown12Regular } from '@fluentui/react-icons/svg/chevron-down';
import { Add16Regular } from '@fluentui/react-icons/svg/add';
import { useId, useState } from 'react';
import type { NavItem } from '../../backend/types';
import type { ItemKind } from '../shellState';
import { Button } from '../../ui/Button';
import { kinds, nav as texts } from '../texts';
import styles from './LeftNav.module.css';
import { NavRow, type RowActions } from './NavRow';

/** Dashboards, Reports or Datasets with their items; the head folds them away. */
export function NavGroup(props: {
  kind: ItemKind;
  items: readonly NavItem[];
  openId: string | null;
  empty: string;
  actions: RowActions;
  opened?: () => void;
}) {
  const { kind, items, openId, empty, actions, opened } = props;
  const [folded, setFolded] = useState(false);
  const id = useId();
  return (
    <div className={styles.group}>
      {kind === 'dashboard' && actions.make && (
        <Button look="subtle" size="small" className={styles.make} icon={<Add16Regular />} aria-label={texts.make} title={texts.make} onClick={actions.make} />
      )}
      <button type="button" className={styles.groupHead} aria-expanded={!folded} aria-controls={id} onClick={() => setFolded(!folded)}>
        <ChevronDown12Regular className={folded ? styles.folded : undefined} />
        {kinds[kind].group}
      </button>
      <div id={id} hidden={folded}>
        {items.length === 0 ? (
          <p className={styles.empty}>{empty}</p>
        ) : (
          <ul className={styles.rows} aria-label={kinds[kind].group}>
            {items.map((item) => (
              <NavRow key={item.id} kind={kind} item={item} open={item.id === openId} actions={actions} opened={opened} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
