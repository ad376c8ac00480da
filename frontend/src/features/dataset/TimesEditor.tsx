import { Add16Regular } from '@fluentui/react-icons/svg/add';
import { Dismiss12Regular } from '@fluentui/react-icons/svg/dismiss';
import { useState } from 'react';
import { Button } from '../../ui/Button';
import styles from './ScheduleCard.module.css';
import { anotherTime, inOrder, timeOf } from './scheduling';
import { schedule as texts } from './texts';

// One each half hour.
const most = 48;

/** The fixed times of a schedule. A time holds when its field is left, because every digit on the way is a time too. */
export function TimesEditor({ times, zone, change }: { times: readonly string[]; zone: string; change: (times: string[]) => void }) {
  return (
    <fieldset className={styles.times}>
      <legend>{texts.times(zone)}</legend>
      <ul>
        {times.map((time, i) => (
          <li key={time}>
            <TimeField label={texts.time(i + 1)} time={time} change={(next) => change(inOrder(times.map((t) => (t === time ? next : t))))} />
            {times.length > 1 && (
              <button type="button" aria-label={texts.removeTime(time)} onClick={() => change(times.filter((t) => t !== time))}>
                <Dismiss12Regular aria-hidden="true" />
              </button>
            )}
          </li>
        ))}
        {times.length < most && (
          <li>
            <Button look="link" icon={<Add16Regular />} onClick={() => change(inOrder([...times, anotherTime(times)]))}>
              {texts.addTime}
            </Button>
          </li>
        )}
      </ul>
    </fieldset>
  );
}

// A field of text, because the engines draw a field of time in their own language and some not at all.
function TimeField({ label, time, change }: { label: string; time: string; change: (time: string) => void }) {
  const [typed, setTyped] = useState(time);
  const [refused, setRefused] = useState(false);
  const commit = () => {
    const meant = timeOf(typed);
    setRefused(meant === null);
    if (meant === null) return;
    setTyped(meant);
    if (meant !== time) change(meant);
  };
  return (
    <input
      type="text"
      inputMode="numeric"
      maxLength={5}
      autoComplete="off"
      aria-label={label}
      aria-invalid={refused}
      title={refused ? texts.timeBad : undefined}
      value={typed}
      onChange={(e) => setTyped(e.target.value)}
      onBlur={commit}
      onKeyDown={(e) => e.key === 'Enter' && commit()}
    />
  );
}
