import type { FormEvent, ReactNode } from 'react';
import { DialogBody, DialogFoot, DialogHead } from '../../../ui/DialogParts';
import { ConnectorIcon } from '../ConnectorIcon';
import { signInSteps, steps } from '../texts';
import styles from './dialog.module.css';
import type { Goal } from './goal';
import { StepTrail } from './StepTrail';

/** What every step of the dialog is told. */
export interface StepFrame {
  titleId: string;
  goal: Goal;
  /** Position in the trail. */
  at: number;
  close: () => void;
}

/** One step: title, trail, body, foot. Enter presses the submit button of the foot. */
export function Frame(props: {
  frame: StepFrame;
  title: string;
  subtitle?: string;
  link?: ReactNode;
  buttons: ReactNode;
  submit?: () => void;
  children: ReactNode;
}) {
  const { frame, title, subtitle, link, buttons, submit, children } = props;
  const onSubmit = (e: FormEvent) => {
    e.preventDefault();
    submit?.();
  };
  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      <DialogHead id={frame.titleId} title={title} subtitle={subtitle} icon={<ConnectorIcon icon={frame.goal.connector.icon} size={24} />} close={frame.close} />
      <StepTrail steps={frame.goal.purpose === '' ? steps : signInSteps} at={frame.at} />
      <div className={styles.scroll}>
        <DialogBody>{children}</DialogBody>
      </div>
      <DialogFoot link={link}>{buttons}</DialogFoot>
    </form>
  );
}
