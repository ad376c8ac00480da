import type { ReactNode } from 'react';
import styles from './Facts.module.css';

export interface FactRow {
  name: string;
  value: ReactNode;
}

/** Name-value rows with a hairline between them. `compact` is the size inside a message. */
export function Facts({ rows, compact, nameWidth }: { rows: readonly FactRow[]; compact?: boolean; nameWidth?: number }) {
  const gridTemplateColumns = `${nameWidth ?? (compact ? 104 : 140)}px 1fr`;
  return (
    <dl className={`${styles.facts} ${compact ? styles.compact : ''}`}>
      {rows.map((row) => (
        <div key={row.name} style={{ gridTemplateColumns }}>
          <dt>{row.name}</dt>
          <dd>{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}
