import { Checkmark12Regular } from '@fluentui/react-icons/svg/checkmark';
import styles from './dialog.module.css';

/** The trail of the dialog's steps. */
export function StepTrail({ steps, at }: { steps: readonly string[]; at: number }) {
  return (
    <ol className={styles.trail}>
      {steps.map((name, i) => (
        <li key={name} className={i === at ? styles.now : i < at ? styles.done : undefined} aria-current={i === at ? 'step' : undefined}>
          <i aria-hidden="true">{i < at ? <Checkmark12Regular /> : i + 1}</i>
          {name}
        </li>
      ))}
    </ol>
  );
}
