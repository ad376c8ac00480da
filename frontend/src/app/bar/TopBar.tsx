// The bar across the top: fold the navigation, the mark, where you are, notices, settings, help, account.
import { ChevronRight12Regular } from '@fluentui/react-icons/svg/chevron-right';
import { Navigation20Regular } from '@fluentui/react-icons/svg/navigation';
import { Fragment } from 'react';
import type { ShellView } from '../../backend/types';
import { AccountMenu } from '../../features/account';
import { Button } from '../../ui/Button';
import { Mark } from '../../ui/Mark';
import { href } from '../../ui/navigation';
import type { Crumb, OpenItem } from '../places';
import { bar as texts, nav } from '../texts';
import { HelpMenu } from './HelpMenu';
import { NoticesBell } from './NoticesBell';
import { SettingsMenu } from './SettingsMenu';
import styles from './TopBar.module.css';

export interface TopBarProps {
  state: ShellView;
  trail: readonly Crumb[];
  open: OpenItem | null;
  folded: boolean;
  fold: () => void;
}

export function TopBar({ state, trail, open, folded, fold }: TopBarProps) {
  return (
    <header className={styles.bar} data-region>
      <div className={`${styles.fold} ${folded ? styles.overRail : ''}`}>
        <Button look="subtle" icon={<Navigation20Regular />} aria-label={folded ? nav.expand : nav.collapse} aria-expanded={!folded} onClick={fold} />
      </div>
      <a className={styles.home} href={href({ screen: 'home' })} aria-label={texts.home}>
        <Mark size={24} />
        <span>{texts.product}</span>
      </a>
      <Trail trail={trail} />
      <span className={styles.space} />
      <NoticesBell />
      <SettingsMenu theme={state.theme} face={state.face} />
      <HelpMenu version={state.version} />
      <AccountMenu accounts={state.accounts} current={open?.item.datasetId ?? null} />
    </header>
  );
}

function Trail({ trail }: { trail: readonly Crumb[] }) {
  if (trail.length === 0) return null;
  return (
    <nav className={styles.trail} aria-label={texts.place}>
      {trail.map((crumb, i) => (
        <Fragment key={crumb.text}>
          {i > 0 && <ChevronRight12Regular aria-hidden="true" />}
          {crumb.route ? (
            <a href={href(crumb.route)}>{crumb.text}</a>
          ) : (
            <span className={i === trail.length - 1 ? styles.here : styles.group} aria-current={i === trail.length - 1 ? 'page' : undefined}>
              {crumb.text}
            </span>
          )}
        </Fragment>
      ))}
    </nav>
  );
}
