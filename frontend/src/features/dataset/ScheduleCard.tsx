import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Clock16Regular } from '@fluentui/react-icons/svg/clock';
import { Timer16Regular } from '@fluentui/react-icons/svg/timer';
import { useState } from 'react';
import { datasets, shell } from '../../backend/api';
import { faultOf } from '../../backend/call';
import { hasEnded } from '../../backend/signingIn';
import type { DatasetView, ScheduleView } from '../../backend/types';
import { CheckBox } from '../../ui/CheckBox';
import { FieldFault } from '../../ui/DialogParts';
import { href } from '../../ui/navigation';
import { Segments } from '../../ui/Segments';
import { Switch } from '../../ui/Switch';
import { useNow } from '../../ui/useNow';
import cardStyles from './DatasetScreen.module.css';
import styles from './ScheduleCard.module.css';
import { atStartWords, choiceOf, choose, nextWords, toggled, type ScheduleChoice } from './scheduling';
import { schedule as texts } from './texts';
import { TimesEditor } from './TimesEditor';

const choices = (['manual', '60', '240', '1440', 'times'] as const).map((value) => ({ value, label: texts.choices[value] }));

/** When the dataset is refreshed by itself. Every change holds at once. */
export function ScheduleCard({ d }: { d: DatasetView }) {
  const { schedule: s, error, change } = useSchedule(d);
  const refused = error ? faultOf(error) : null;
  const by = s.mode !== 'manual';
  const [before, setBefore] = useState(s.mode);
  if (by && before !== s.mode) setBefore(s.mode);
  return (
    <section className={`${cardStyles.card} ${styles.schedule}`} aria-label={texts.title}>
      <div className={styles.head}>
        <div>
          <h2>{texts.title}</h2>
          <Runs />
        </div>
        <Switch label={texts.toggle} on={by} change={(on) => change(toggled(s, on, before))} />
      </div>
      <Segments legend={texts.legend} options={choices} value={choiceOf(s)} change={(choice: ScheduleChoice) => change(choose(s, choice))} />
      {s.mode === 'times' && <TimesEditor times={s.times} zone={d.timeZone} change={(times) => change({ ...s, times })} />}
      <div className={styles.boxes}>
        <CheckBox checked={s.atStart && by} disabled={!by} change={(atStart) => change({ ...s, atStart })}>
          {atStartWords(s)}
        </CheckBox>
        <CheckBox checked={s.catchUp && by} disabled={!by} change={(catchUp) => change({ ...s, catchUp })}>
          {texts.catchUp}
        </CheckBox>
      </div>
      {refused && <FieldFault>{`${refused.message} ${refused.hint}`}</FieldFault>}
      <Next d={{ ...d, schedule: s }} />
    </section>
  );
}

// What was pressed is shown at once, before the program has stored it; presses are stored one after the other.
function useSchedule(d: DatasetView) {
  const client = useQueryClient();
  const [wanted, setWanted] = useState<ScheduleView | null>(null);
  const store = useMutation({
    scope: { id: `schedule ${d.id}` },
    mutationFn: (schedule: ScheduleView) => datasets.setSchedule(d.id, schedule),
    onSuccess: async (view) => {
      // An answer that was asked for before would bring back the schedule of before, for a moment.
      await client.cancelQueries({ queryKey: ['dataset', d.id] });
      client.setQueryData(['dataset', d.id], view);
    },
    onSettled: (_, __, schedule) => setWanted((now) => (now === schedule ? null : now)),
  });
  return {
    schedule: wanted ?? d.schedule,
    error: store.error,
    change: (schedule: ScheduleView) => {
      setWanted(schedule);
      store.mutate(schedule);
    },
  };
}

// Whether it also runs while the window is closed, which the timer of the system decides for all datasets.
function Runs() {
  const timer = useQuery({ queryKey: ['timer'], queryFn: shell.timer });
  if (timer.data?.on) return <p>{texts.runsAlways}</p>;
  return (
    <p>
      {texts.runsOpen}
      {timer.data?.supported && (
        <>
          {'. '}
          <a href={href({ screen: 'settings' })}>{texts.whenClosed}</a>
        </>
      )}
    </p>
  );
}

function Next({ d }: { d: DatasetView }) {
  const now = useNow(15_000);
  const { when, left } = hasEnded({ state: d.signIn }) ? { when: texts.waits, left: '' } : nextWords(d, now);
  return (
    <div className={styles.next}>
      {d.schedule.paused && (
        <p className={styles.paused}>
          <Timer16Regular aria-hidden="true" />
          {d.schedule.paused}
        </p>
      )}
      <p>
        <Clock16Regular aria-hidden="true" />
        <span>
          {when} {left && <span className="sl-muted">{left}</span>}
        </span>
      </p>
    </div>
  );
}
