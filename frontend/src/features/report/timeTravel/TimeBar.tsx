// The control for the past at the foot of a page: play, the line of days, the second day, What changed?
import { Pause20Filled } from '@fluentui/react-icons/svg/pause';
import { Play20Filled } from '@fluentui/react-icons/svg/play';
import type { PageState } from '../../../backend/types';
import { day as shortDay, longDay } from '../../../format/dates';
import { Button } from '../../../ui/Button';
import { useMedia } from '../../../ui/media';
import { addDays, clampDay, isDay, sprintStartOf } from './days';
import { DaySlider } from './DaySlider';
import styles from './TimeBar.module.css';
import { texts } from './texts';
import { speeds, type TimeTravel } from './useTimeTravel';
import { WhenPicker } from './WhenPicker';

interface TimeBarProps {
  travel: TimeTravel;
  state: PageState;
  zone: string;
  /** Shows a day or an instant; '' is today. */
  show: (when: string) => void;
  compare: (day: string) => void;
  whatChanged: () => void;
  /** Something lies over the page. */
  covered: boolean;
}

export function TimeBar({ travel, state, zone, show, compare, whatChanged, covered }: TimeBarProps) {
  const { span, day, playing } = travel;
  const brief = useMedia('(max-width: 1099px)');
  if (!span || span.first === '') return null;
  const compared = state.compareWith ?? '';
  const sprint = sprintStartOf(day, span.sprints);
  const weeks = clampDay(addDays(day, -28), span.first, span.last);
  // A choice that is the day itself compares nothing.
  const choices = [
    { value: '', label: texts.compareOff },
    ...(day === span.last ? [] : [{ value: span.last, label: texts.compareToday }]),
    ...(sprint !== '' && sprint !== day && !brief ? [{ value: sprint, label: texts.compareSprint }] : []),
    ...(weeks !== day ? [{ value: weeks, label: texts.compareWeeks }] : []),
  ];
  return (
    <section className={styles.bar} aria-label={texts.region} data-region tabIndex={-1} inert={covered}>
      <button type="button" className={styles.play} aria-label={playing ? texts.pause : texts.play} onClick={playing ? travel.pause : travel.play}>
        {playing ? <Pause20Filled /> : <Play20Filled />}
      </button>
      <label className={styles.speed}>
        <span className="sl-unseen">{texts.faster}</span>
        <select value={travel.speed} onChange={(e) => travel.setSpeed(Number(e.target.value))}>
          {speeds.map((s) => (
            <option key={s} value={s} aria-label={texts.speed(s)}>
              {s}×
            </option>
          ))}
        </select>
      </label>
      <DaySlider span={span} day={day} compared={compared} move={travel.move} />
      <WhenPicker span={span} zone={zone} when={state.asOf ?? ''} label={texts.choose} show={show} />
      <fieldset className={styles.compare}>
        <legend className="sl-unseen">{texts.compare}</legend>
        <span aria-hidden="true">{texts.compare}</span>
        <select
          aria-label={texts.compare}
          value={compared}
          onChange={(e) => compare(e.target.value)}
        >
          {choices.map((c) => (
            <option key={c.label} value={c.value}>
              {c.value === '' || c.label === texts.compareToday ? c.label : `${c.label}, ${shortDay(c.value)}`}
            </option>
          ))}
          {compared !== '' && !choices.some((c) => c.value === compared) && <option value={compared}>{isDay(compared) ? longDay(compared) : shortDay(compared, undefined, zone)}</option>}
        </select>
        <WhenPicker span={span} zone={zone} when={compared} label={`${texts.compare}: ${texts.compareDay}`} dayOnly show={(when) => compare(when || span.last)} />
      </fieldset>
      <Button size="small" onClick={whatChanged}>
        {texts.whatChanged}
      </Button>
    </section>
  );
}
