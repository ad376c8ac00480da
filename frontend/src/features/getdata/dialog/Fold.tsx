import { ChevronRight16Regular } from '@fluentui/react-icons/svg/chevron-right';
import { useState, type ReactNode } from 'react';
import styles from './dialog.module.css';

/** A line that unfolds what most people do not need. */
export function Fold({ label, open = false, children }: { label: string; open?: boolean; children: ReactNode }) {
  const [shown, setShown] = useState(open);
  return (
    <div className={styles.advanced}>
      <button type="button" className={styles.fold} aria-expanded={shown} onClick={() => setShown(!shown)}>
        <ChevronRight16Regular aria-hidden="true" />
        {label}
      </button>
      {shown && children}
    </div>
  );
}
