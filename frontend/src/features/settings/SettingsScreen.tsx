// The choices a person makes once for this computer.
import type { Theme } from '../../backend/types';
import { Segments } from '../../ui/Segments';
import styles from './SettingsScreen.module.css';
import { texts } from './texts';
import { TimerCard } from './TimerCard';

const themes = (['system', 'light', 'dark'] as const).map((value) => ({ value, label: texts.themes[value] }));

export function SettingsScreen({ theme, changeTheme }: { theme: Theme; changeTheme: (theme: Theme) => void }) {
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
      <TimerCard />
    </div>
  );
}
