import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { useId } from 'react';
import { shell } from '../../backend/api';
import { faultOf } from '../../backend/call';
import type { TimerView } from '../../backend/types';
import { duration } from '../../format/durations';
import { FaultCard } from '../../ui/FaultCard';
import { Ring } from '../../ui/Ring';
import { Switch } from '../../ui/Switch';
import styles from './SettingsScreen.module.css';
import { texts } from './texts';

/** The timer of the operating system: switched here, with everything that it wrote. */
export function TimerCard() {
  const client = useQueryClient();
  const note = useId();
  const timer = useQuery({ queryKey: ['timer'], queryFn: shell.timer, staleTime: 0 });
  const change = useMutation({ mutationFn: shell.setTimer, onSuccess: (view) => client.setQueryData(['timer'], view) });
  const error = change.error ?? timer.error;
  const fault = error ? faultOf(error) : (timer.data?.fault ?? null);
  const on = change.isPending ? change.variables : (timer.data?.on ?? false);
  return (
    <section className={styles.card} aria-label={texts.closed}>
      <div className={styles.head}>
        <h2>{texts.closed}</h2>
        {change.isPending && <Ring size={16} label={texts.working} />}
        {timer.data?.supported && <Switch label={texts.closed} describedBy={note} on={on} disabled={change.isPending} change={(next) => change.mutate(next)} />}
      </div>
      <p id={note} className={styles.note}>
        {texts.closedNote}
      </p>
      {timer.data && <TimerState timer={timer.data} />}
      {fault && <FaultCard plain fault={fault} tone="warning" icon={<ErrorCircle20Regular />} />}
    </section>
  );
}

function TimerState({ timer }: { timer: TimerView }) {
  if (!timer.supported) {
    return (
      <>
        <p role="status">{timer.detail || texts.unsupported}</p>
        <p className={styles.note}>{texts.byHand}</p>
        <code className={styles.entry}>{texts.command}</code>
      </>
    );
  }
  return (
    <>
      <p role="status">{timer.on ? texts.on(timer.kind, duration(timer.everyMinutes * 60)) : texts.off}</p>
      {timer.detail && <p className={styles.note}>{timer.detail}</p>}
      {timer.entries.length > 0 && (
        <div className={styles.written}>
          <h3>{texts.written}</h3>
          <ul>
            {timer.entries.map((entry) => (
              <li key={entry}>
                <code className={styles.entry}>{entry}</code>
              </li>
            ))}
          </ul>
          <p className={styles.note}>{texts.removed}</p>
        </div>
      )}
    </>
  );
}
