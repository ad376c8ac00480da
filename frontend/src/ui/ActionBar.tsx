import type { ReactNode } from 'react';
import styles from './ActionBar.module.css';

/** The bar of 44 px over a dashboard or a report: its name at the left, what can be done at the right. */
export function ActionBar({ title, left, children }: { title: string; left?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.bar} data-region tabIndex={-1} role="toolbar" aria-label={title}>
      <span className={styles.title} title={title}>
        {title}
      </span>
      {left}
      <span className={styles.grow} />
      {children}
    </div>
  );
}
