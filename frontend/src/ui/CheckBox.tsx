import { Checkmark12Filled } from '@fluentui/react-icons/svg/checkmark';
import type { ReactNode } from 'react';
import styles from './Choices.module.css';

export interface CheckBoxProps {
  checked: boolean;
  change: (checked: boolean) => void;
  disabled?: boolean;
  /** Ids of the sentences that explain it. */
  describedBy?: string;
  children: ReactNode;
}

/** A box to tick with its label at the right; the whole line can be clicked. */
export function CheckBox({ checked, change, disabled, describedBy, children }: CheckBoxProps) {
  return (
    <label className={styles.check}>
      <span className={styles.box}>
        <input type="checkbox" checked={checked} disabled={disabled} aria-describedby={describedBy} onChange={(e) => change(e.target.checked)} />
        <Checkmark12Filled aria-hidden="true" />
      </span>
      <span>{children}</span>
    </label>
  );
}
