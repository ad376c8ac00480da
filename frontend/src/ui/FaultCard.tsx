// A refusal as a person meets it: what happened, to what and as whom, then one button that solves it.
import type { ReactNode } from 'react';
import { Facts, type FactRow } from './Facts';
import styles from './FaultCard.module.css';

/** The shape of a refusal; backend/types.Fault fits it. */
export interface ShownFault {
  message: string;
  hint: string;
  facts: readonly FactRow[];
}

export interface FaultCardProps {
  fault: ShownFault;
  icon: ReactNode;
  /** Danger for refused, wrong person and full disk; all else is a warning. */
  tone: 'danger' | 'warning';
  /** A few words above the sentence; without them the sentence is the heading. */
  title?: string;
  actions?: ReactNode;
  /** Without its own frame, inside a dialog. */
  plain?: boolean;
}

export function FaultCard({ fault, icon, tone, title, actions, plain }: FaultCardProps) {
  return (
    <section role="alert" className={`${styles.card} ${plain ? styles.plain : ''}`}>
      <div className={styles.head}>
        <span className={`${styles.icon} ${styles[tone]}`}>{icon}</span>
        <h3>{title ?? fault.message}</h3>
      </div>
      {title && <p>{fault.message}</p>}
      {fault.hint && <p>{fault.hint}</p>}
      {fault.facts.length > 0 && <Facts rows={fault.facts} compact />}
      {actions && <div className={styles.actions}>{actions}</div>}
    </section>
  );
}
