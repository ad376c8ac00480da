// The choices a person makes once for this computer.
import type { Theme } from '../../backend/types';
import { Segments } from '../../ui/Segments';
import { BackgroundCard, type Background } from './BackgroundCard';
import { KeepingCard } from './KeepingCard';
import { NotificationsCard, type NotificationsChoice } from './NotificationsCard';
import { RegistrationCard } from './RegistrationCard';
import styles from './SettingsScreen.module.css';
import { texts } from './texts';
import { TimerCard } from './TimerCard';

const themes = (['system', 'light', 'dark'] as const).map((value) => ({ value, label: texts.themes[value] }));

export interface SettingsScreenProps {
  theme: Theme;
  changeTheme: (theme: Theme) => void;
  notifications: NotificationsChoice;
  /** null where there is no window that could be hidden. */
  background: Background | null;
}

export function SettingsScreen({ theme, changeTheme, notifications, background }: SettingsScreenProps) {
  return (
    <div className={styles.screen}>
      <h1>{texts.title}</h1>
      <section className={styles.card} aria-label={texts.look}>
        <h2>{texts.look}</h2>
        <p className={styles.note}>{texts.lookNote}</p>
        <div className={styles.themes}>
          <Segments legend={texts.theme} legendUnseen options={themes} value={theme} change={changeTheme} />
        </div>
      </section>
      <NotificationsCard {...notifications} />
      <KeepingCard />
      <RegistrationCard />
      <TimerCard />
      {background && <BackgroundCard {...background} />}
    </div>
  );
}
