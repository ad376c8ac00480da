// One month of days to choose from. Arrow keys go a day or a week, Page keys a month.
import { ChevronLeft16Regular } from '@fluentui/react-icons/svg/chevron-left';
import { ChevronRight16Regular } from '@fluentui/react-icons/svg/chevron-right';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { Span } from '../../../backend/types';
import { longDay, month, year } from '../../../format/dates';
import { locale } from '../../../format/locale';
import { Button } from '../../../ui/Button';
import { addDays, clampDay, daysBetween } from './days';
import styles from './WhenPicker.module.css';
import { texts } from './texts';

interface CalendarProps {
  span: Span;
  day: string;
  choose: (day: string) => void;
}

const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();
const monthOf = (day: string) => `${day.slice(0, 7)}-01`;
const weekFrom = (day: string) => [0, 1, 2, 3, 4, 5, 6].map((d) => addDays(day, d));
const shiftMonth = (first: string, by: number) => {
  const d = new Date(`${first}T00:00:00Z`);
  d.setUTCMonth(d.getUTCMonth() + by);
  return d.toISOString().slice(0, 10);
};

export function Calendar({ span, day, choose }: CalendarProps) {
  const grid = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(day);
  const shown = monthOf(at);
  const start = addDays(shown, -((weekday(shown) - span.weekStart + 7) % 7));
  const weeks = [0, 1, 2, 3, 4, 5].map((w) => weekFrom(addDays(start, 7 * w))).filter((w) => w.some((d) => monthOf(d) === shown));
  const name = `${month(shown)} ${year(shown)}`;
  const go = (to: string) => setAt(clampDay(to, span.first, span.last));
  const typed = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: addDays(at, -1), ArrowRight: addDays(at, 1), ArrowUp: addDays(at, -7), ArrowDown: addDays(at, 7),
      PageUp: shiftMonth(shown, -1), PageDown: shiftMonth(shown, 1), Home: span.first, End: span.last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
    // The month of the day may only be drawn after this.
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus());
  };
  const weekdays = new Intl.DateTimeFormat(locale(), { weekday: 'short', timeZone: 'UTC' });
  return (
    <div className={styles.calendar}>
      <header>
        <Button look="subtle" size="small" icon={<ChevronLeft16Regular />} aria-label={texts.earlierMonth} disabled={shown <= span.first} onClick={() => go(shiftMonth(shown, -1))} />
        <b aria-live="polite">{name}</b>
        <Button look="subtle" size="small" icon={<ChevronRight16Regular />} aria-label={texts.laterMonth} disabled={shiftMonth(shown, 1) > span.last} onClick={() => go(shiftMonth(shown, 1))} />
      </header>
      <div ref={grid} role="grid" tabIndex={-1} aria-label={texts.days(name)} onKeyDown={typed}>
        <div role="row" className={styles.week}>
          {weekFrom(start).map((d) => (
            <span key={d} role="columnheader">
              {weekdays.format(new Date(`${d}T00:00:00Z`))}
            </span>
          ))}
        </div>
        {weeks.map((week) => (
          <div key={week[0]} role="row" className={styles.week}>
            {week.map((d) => {
              const out = d < span.first || d > span.last || monthOf(d) !== shown;
              const changes = span.changes[daysBetween(span.first, d)] ?? 0;
              return (
                <div key={d} role="gridcell" aria-selected={d === day}>
                  <button
                    type="button"
                    disabled={out}
                    tabIndex={d === at ? 0 : -1}
                    aria-label={`${longDay(d)}, ${texts.changes(String(changes))}`}
                    aria-current={d === span.last ? 'date' : undefined}
                    className={d === day ? styles.chosen : ''}
                    onClick={() => choose(d)}
                  >
                    {monthOf(d) === shown ? Number(d.slice(8)) : ''}
                    {!out && changes > 0 && <i />}
                  </button>
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}
