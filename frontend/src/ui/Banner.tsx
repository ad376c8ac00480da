import type { ReactNode } from 'react';
import styles from './Banner.module.css';

/** A quiet line under a bar: what is the matter with what is on screen, and the buttons that mend it. */
export function Banner({ label, icon, actions, children }: { label: string; icon: ReactNode; actions: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.banner} aria-label={label}>
      {icon}
      <p>{children}</p>
      {actions}
    </section>
  );
}
