import { useState } from 'react';
import type { Notifications } from '../../backend/types';
import { Segments } from '../../ui/Segments';
import styles from './SettingsScreen.module.css';
import { notifications as texts } from './texts';

/** What the operating system shows while nobody looks at Sightline. */
export interface NotificationsChoice {
  which: Notifications;
  change: (which: Notifications) => void;
  /** The browser is the one who shows them, and wants to be asked first. */
  byBrowser: boolean;
}

const options = (['failed', 'all', 'none'] as const).map((value) => ({ value, label: texts.which[value] }));

export function NotificationsCard({ which, change, byBrowser }: NotificationsChoice) {
  const [permission, setPermission] = useState(() => (byBrowser && 'Notification' in window ? Notification.permission : 'granted'));
  const choose = (next: Notifications) => {
    change(next);
    // A browser answers only to a click, so this is the moment to ask it.
    if (byBrowser && next !== 'none' && permission === 'default') void Notification.requestPermission().then(setPermission);
  };
  return (
    <section className={styles.card} aria-label={texts.title}>
      <h2>{texts.title}</h2>
      <p className={styles.note}>{texts.note}</p>
      <div className={styles.themes}>
        <Segments legend={texts.title} legendUnseen options={options} value={which} change={choose} />
      </div>
      {which !== 'none' && permission !== 'granted' && <p className={styles.note}>{permission === 'denied' ? texts.denied : texts.asked}</p>}
    </section>
  );
}
