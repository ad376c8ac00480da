// The parts of a dialog: icon and title, body, a foot with the link left and the buttons right.
import { Dismiss20Regular } from '@fluentui/react-icons/svg/dismiss';
import { ErrorCircle16Filled } from '@fluentui/react-icons/svg/error-circle';
import type { ReactNode } from 'react';
import { Button } from './Button';
import styles from './DialogParts.module.css';

export function DialogHead({ id, title, subtitle, icon, close }: { id: string; title: string; subtitle?: ReactNode; icon?: ReactNode; close: () => void }) {
  return (
    <header className={styles.head}>
      {icon && <span className={styles.icon}>{icon}</span>}
      <div className={styles.titles}>
        <h2 id={id}>{title}</h2>
        {subtitle && <p>{subtitle}</p>}
      </div>
      <Button look="subtle" icon={<Dismiss20Regular />} aria-label="Close" onClick={close} />
    </header>
  );
}

export function DialogBody({ children }: { children: ReactNode }) {
  return <div className={styles.body}>{children}</div>;
}

/** Buttons from left to right, the primary one last; `link` stands at the left edge. */
export function DialogFoot({ link, children }: { link?: ReactNode; children: ReactNode }) {
  return (
    <footer className={styles.foot}>
      {link}
      <span className={styles.space} />
      {children}
    </footer>
  );
}

/** Why a field cannot be used, under the field. */
export function FieldFault({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className={styles.fault} role="alert">
      <ErrorCircle16Filled aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}
