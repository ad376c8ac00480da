// A day and, if wanted, a time of it.
import { Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { CalendarLtr20Regular } from '@fluentui/react-icons/svg/calendar-ltr';
import { useId, useState } from 'react';
import type { Span } from '../../../backend/types';
import { clock } from '../../../format/dates';
import { Button } from '../../../ui/Button';
import { Calendar } from './Calendar';
import { instantOf, isDay } from './days';
import styles from './WhenPicker.module.css';
import { texts } from './texts';

interface WhenPickerProps {
  span: Span;
  zone: string;
  /** A day or an instant; '' is today. */
  when: string;
  label: string;
  /** Days only. */
  dayOnly?: boolean;
  children?: React.ReactNode;
  show: (when: string) => void;
}

export function WhenPicker(props: WhenPickerProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover trapFocus open={open} onOpenChange={(_, d) => setOpen(d.open)} positioning="above-end">
      <PopoverTrigger disableButtonEnhancement>
        <Button size="small" icon={<CalendarLtr20Regular />} aria-label={props.label}>
          {props.children}
        </Button>
      </PopoverTrigger>
      <PopoverSurface className={styles.surface} aria-label={props.label}>
        <Choice {...props} close={() => setOpen(false)} />
      </PopoverSurface>
    </Popover>
  );
}

function Choice({ span, zone, when, dayOnly, show, close }: WhenPickerProps & { close: () => void }) {
  const [day, setDay] = useState(when.slice(0, 10) || span.last);
  const [time, setTime] = useState(when !== '' && !isDay(when) ? clockOf(when, zone) : '');
  const hint = useId();
  const bad = time !== '' && !/^([01]?\d|2[0-3]):[0-5]\d$/.test(time);
  const done = (chosen: string, at: string) => {
    close();
    if (at === '') show(chosen === span.last ? '' : chosen);
    else show(instantOf(chosen, at.padStart(5, '0'), zone));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!bad) done(day, time);
      }}
    >
      <Calendar span={span} day={day} choose={(d) => (dayOnly ? done(d, '') : setDay(d))} />
      {!dayOnly && (
        <div className={styles.foot}>
          <label>
            {texts.time}
            <input value={time} inputMode="numeric" placeholder="23:59" aria-invalid={bad} aria-describedby={hint} onChange={(e) => setTime(e.target.value.trim())} />
          </label>
          <span id={hint}>{bad ? texts.badTime : texts.timeHint}</span>
          <Button look="primary" size="small" type="submit" disabled={bad}>
            {texts.show}
          </Button>
        </div>
      )}
    </form>
  );
}

// On the 24 hours that the field takes, whatever the locale writes.
function clockOf(instant: string, zone: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return clock(instant, zone);
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone || undefined }).format(at);
}
