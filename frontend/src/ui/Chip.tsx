import type { ReactNode } from 'react';
import styles from './Chip.module.css';

export type Tone = 'plain' | 'ok' | 'warning' | 'danger' | 'info' | 'sun' | 'brand';

/** A pill with a word: a state, a count, a right. */
export function Chip({ tone = 'plain', icon, children, id }: { tone?: Tone; icon?: ReactNode; children: ReactNode; id?: string }) {
  return (
    <span id={id} className={`${styles.chip} ${styles[tone]}`}>
      {icon}
      {children}
    </span>
  );
}
