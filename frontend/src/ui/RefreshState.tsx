// How fresh the numbers are, in the action bar of whatever shows them, with the button that refreshes.
import { Tooltip } from '@fluentui/react-components';
import { ArrowClockwise20Regular } from '@fluentui/react-icons/svg/arrow-clockwise';
import { Hourglass16Regular } from '@fluentui/react-icons/svg/hourglass';
import { ago, clock, day, dayOf } from '../format/dates';
import { number } from '../format/numbers';
import { Button } from './Button';
import { Chip } from './Chip';
import styles from './RefreshState.module.css';
import { useNow } from './useNow';

export interface RefreshStateProps {
  /** RFC 3339, '' when there was none. */
  last: string;
  next: string;
  /** Why the last refresh failed, or ''. */
  error: string;
  running: boolean;
  /** 0 to 100, of the running refresh. */
  percent: number;
  /** The first load has not ended: what is shown is not all there is. */
  partial: boolean;
  onRefresh: () => void;
  /** Only what is needed, in a narrow window. */
  brief?: boolean;
}

/** "Refreshed 09:38, next 13:38"; on another day than today the day stands with it. On the person's own clock. */
export function freshness(last: string, next: string, now: number): string {
  if (!last) return 'Not refreshed yet';
  const today = new Date(now).toISOString();
  const sameDay = dayOf(last) === dayOf(today);
  const when = sameDay ? clock(last) : `${day(last, today)}, ${clock(last)}`;
  const rest = next && dayOf(next) === dayOf(today) ? `next ${clock(next)}` : ago(last, now);
  return `Refreshed ${when}${rest ? `, ${rest}` : ''}`;
}

export function RefreshState({ last, next, error, running, percent, partial, onRefresh, brief }: RefreshStateProps) {
  const now = useNow(30_000);
  const share = number(Math.floor(percent));
  const words = running ? `Refreshing, ${share}%` : freshness(last, next, now);
  const stale = !running && (error !== '' || last === '');
  const shown = (
    <span className={styles.words} title={brief ? words : undefined}>
      <i className={stale ? styles.stale : running ? styles.running : styles.fresh} />
      {brief && !running && last ? clock(last) : words}
    </span>
  );
  return (
    <div className={styles.state}>
      {partial && (
        <Chip tone="sun" icon={<Hourglass16Regular aria-hidden="true" />}>
          Partial data{running ? `, ${share}%` : ''}
        </Chip>
      )}
      {error && !running ? (
        <Tooltip content={error} relationship="description">
          {shown}
        </Tooltip>
      ) : (
        shown
      )}
      <Button look="subtle" icon={<ArrowClockwise20Regular />} disabled={running} onClick={onRefresh} aria-label="Refresh now">
        {brief ? undefined : 'Refresh now'}
      </Button>
    </div>
  );
}
