import styles from './Choices.module.css';

export interface SwitchProps {
  on: boolean;
  change: (on: boolean) => void;
  disabled?: boolean;
  label: string;
  describedBy?: string;
}

/** Something that is on or off from the moment it is pressed. Its name stands elsewhere on the card. */
export function Switch({ on, change, disabled, label, describedBy }: SwitchProps) {
  return (
    <span className={styles.switch}>
      <input type="checkbox" role="switch" aria-checked={on} checked={on} disabled={disabled} aria-label={label} aria-describedby={describedBy} onChange={(e) => change(e.target.checked)} />
      <i aria-hidden="true" />
    </span>
  );
}
