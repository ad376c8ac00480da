// The left navigation at its full width: find box, three groups, Get Data.
import { ArrowDownload20Regular } from '@fluentui/react-icons/svg/arrow-download';
import { Search16Regular } from '@fluentui/react-icons/svg/search';
import { useState, type RefObject } from 'react';
import type { NavItem, ShellView } from '../../backend/types';
import { href } from '../../ui/navigation';
import type { OpenItem } from '../places';
import { itemsOf, type ItemKind } from '../shellState';
import { nav as texts } from '../texts';
import styles from './LeftNav.module.css';
import { NavGroup } from './NavGroup';
import type { RowActions } from './NavRow';

const order: readonly ItemKind[] = ['dashboard', 'report', 'dataset'];

/** The items whose name holds the words, in any order of words and letters' case. */
export function matching(items: readonly NavItem[], words: string): NavItem[] {
  const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => wanted.every((word) => item.name.toLocaleLowerCase().includes(word)));
}

export function LeftNav(props: {
  state: ShellView;
  open: OpenItem | null;
  onGetData: boolean;
  findBox: RefObject<HTMLInputElement | null>;
  actions: RowActions;
  /** Told when a link was followed. */
  opened?: () => void;
}) {
  const { state, open, onGetData, findBox, actions, opened } = props;
  const [words, setWords] = useState('');
  const bare = order.every((kind) => itemsOf(state, kind).length === 0);
  const empty = (kind: ItemKind) => {
    if (words) return texts.noMatch;
    return kind === 'dashboard' ? texts.emptyFirst : texts.empty;
  };
  return (
    <nav className={styles.nav} aria-label={texts.label} data-region>
      {!bare && (
        <label className={styles.find}>
          <Search16Regular aria-hidden="true" />
          <input
            ref={findBox}
            type="search"
            value={words}
            placeholder={texts.find}
            aria-label={texts.find}
            onChange={(e) => setWords(e.target.value)}
            onKeyDown={(e) => e.key === 'Escape' && setWords('')}
          />
          {!words && <kbd aria-hidden="true">{texts.findKey}</kbd>}
        </label>
      )}
      <div className={styles.groups}>
        {order.map((kind) => (
          <NavGroup
            key={kind}
            kind={kind}
            items={matching(itemsOf(state, kind), words)}
            openId={open?.kind === kind ? open.item.id : null}
            empty={empty(kind)}
            actions={actions}
            opened={opened}
          />
        ))}
      </div>
      <a className={`${styles.getData} ${onGetData ? styles.getDataOpen : ''}`} href={href({ screen: 'getData' })} aria-current={onGetData ? 'page' : undefined} onClick={opened}>
        <ArrowDownload20Regular aria-hidden="true" />
        {texts.getData}
      </a>
    </nav>
  );
}
