import type { ReactNode } from 'react';
import styles from './dialog.module.css';

/** A sentence with its icon at the foot of a step; one with a tone is read aloud at once. */
export function Note({ tone, icon, children }: { tone?: 'danger' | 'warning'; icon: ReactNode; children: ReactNode }) {
  return (
    <div className={`${styles.note} ${tone ? styles[tone] : ''}`} role={tone ? 'alert' : undefined}>
      {icon}
      <div>{children}</div>
    </div>
  );
}
