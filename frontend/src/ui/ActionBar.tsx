import type { ReactNode } from 'react';
import styles from './ActionBar.module.css';

interface ActionBarProps {
  title: string;
  /** The title is the heading of the screen: there is no other below. */
  heading?: boolean;
  /** Stands right after the title. */
  besideTitle?: ReactNode;
  children: ReactNode;
}

/** The bar of 44 px over a dashboard, a report or a dataset: its name at the left, what can be done at the right. */
export function ActionBar({ title, heading, besideTitle, children }: ActionBarProps) {
  const Title = heading ? 'h1' : 'span';
  return (
    <div className={styles.bar} data-region tabIndex={-1} role="toolbar" aria-label={title}>
      <Title className={styles.title} title={title}>
        {title}
      </Title>
      {besideTitle}
      <span className={styles.grow} />
      {children}
    </div>
  );
}
