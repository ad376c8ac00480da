// The days of the history as a line: a thumb for the day that is shown, ticks for months, notches for sprints.
import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Span } from '../../../backend/types';
import { longDay, month } from '../../../format/dates';
import { useSize } from '../../../visuals/useSize';
import { addDays, daysBetween, monthTicks, sprintStarts, sprintStep } from './days';
import styles from './TimeBar.module.css';
import { texts } from './texts';

interface DaySliderProps {
  span: Span;
  day: string;
  /** The second day, marked on the line; '' for none. */
  compared: string;
  move: (day: string, rest: boolean) => void;
}

const roomOfTick = 56;
const leastNotch = 4;

export function DaySlider({ span, day, compared, move }: DaySliderProps) {
  const track = useRef<HTMLDivElement>(null);
  const size = useSize(track);
  const [dragged, setDragged] = useState(false);
  const { first, last } = span;
  const days = Math.max(1, daysBetween(first, last));
  const share = (d: string) => `${(Math.min(days, Math.max(0, daysBetween(first, d))) / days) * 100}%`;
  const starts = useMemo(() => sprintStarts(span.sprints, first, last), [span, first, last]);
  const width = size?.width ?? 600;
  const ticks = useMemo(() => monthTicks(first, last, Math.floor(width / roomOfTick)), [first, last, width]);
  // Notches that would run into each other say nothing.
  const notches = starts.length * leastNotch < width / 2 ? starts : [];

  const dayAt = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (!box || box.width === 0) return day;
    return addDays(first, Math.round(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * days));
  };
  const typed = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: addDays(day, -1), ArrowDown: addDays(day, -1), ArrowRight: addDays(day, 1), ArrowUp: addDays(day, 1),
      PageUp: sprintStep(day, starts, 1), PageDown: sprintStep(day, starts, -1), Home: first, End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(to, !event.repeat);
  };
  return (
    <div className={styles.slider}>
      <span className={styles.day} style={{ left: share(day) }} aria-hidden="true">
        {longDay(day)}
      </span>
      <div
        ref={track}
        className={styles.track}
        role="slider"
        tabIndex={0}
        aria-label={texts.slider}
        aria-valuemin={0}
        aria-valuemax={days}
        aria-valuenow={daysBetween(first, day)}
        aria-valuetext={day === last ? `${texts.today}, ${longDay(day)}` : longDay(day)}
        onKeyDown={typed}
        onKeyUp={(event) => event.key.startsWith('Arrow') && move(day, true)}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragged(true);
          move(dayAt(event), false);
        }}
        onPointerMove={(event) => dragged && move(dayAt(event), false)}
        onPointerUp={(event) => {
          if (!dragged) return;
          setDragged(false);
          move(dayAt(event), true);
        }}
        onPointerCancel={() => setDragged(false)}
      >
        <i className={styles.line} />
        <i className={styles.gone} style={{ width: share(day) }} />
        {notches.map((d) => (
          <i key={d} className={styles.notch} style={{ left: share(d) }} />
        ))}
        {compared && <i className={styles.compared} style={{ left: share(compared) }} title={longDay(compared)} />}
        <i className={styles.thumb} style={{ left: share(day) }} />
      </div>
      <div className={styles.ticks} aria-hidden="true">
        {ticks.map((d) => (
          <span key={d} style={{ left: share(d) }}>
            {month(d, d.endsWith('-01-01') || (ticks.length < 5 && d === ticks[0]))}
          </span>
        ))}
      </div>
    </div>
  );
}
