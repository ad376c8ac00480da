import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { useId } from 'react';
import type { Fault } from '../../backend/types';
import { FaultCard } from '../../ui/FaultCard';
import { Switch } from '../../ui/Switch';
import styles from './SettingsScreen.module.css';
import { texts } from './texts';

/** What closing the window means: the end, or that the schedule goes on unseen. */
export interface Background {
  on: boolean;
  /** A change is on its way. */
  working: boolean;
  fault: Fault | null;
  change: (on: boolean) => void;
}

export function BackgroundCard({ on, working, fault, change }: Background) {
  const note = useId();
  return (
    <section className={styles.card} aria-label={texts.background}>
      <div className={styles.head}>
        <h2>{texts.background}</h2>
        <Switch label={texts.background} describedBy={note} on={on} disabled={working} change={change} />
      </div>
      <p id={note} className={styles.note}>
        {texts.backgroundNote}
      </p>
      {fault && <FaultCard plain fault={fault} tone="warning" icon={<ErrorCircle20Regular />} />}
    </section>
  );
}
