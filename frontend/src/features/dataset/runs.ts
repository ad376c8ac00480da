// One line of the refresh history in words.
import type { RunView } from '../../backend/types';
import { dayAndClock } from '../../format/dates';
import { duration } from '../../format/durations';
import { number } from '../../format/numbers';
import { history as texts } from './texts';

export type RunTone = 'ok' | 'warning' | 'danger' | 'off' | 'brand';

export interface RunLine {
  start: string;
  type: string;
  status: string;
  tone: RunTone;
  /** A second line under the status. */
  note: string;
  time: string;
  rows: string;
  requests: string;
}

const tones: Record<string, RunTone> = { running: 'brand', succeeded: 'ok', failed: 'danger', canceled: 'off' };

/** Seconds between start and end; null while it runs. */
export function runSeconds(run: RunView): number | null {
  if (!run.started || !run.ended) return null;
  return Math.max(0, (new Date(run.ended).getTime() - new Date(run.started).getTime()) / 1000);
}

// A run that succeeded although it was held back for longer than this is shown as slowed.
const noticedWait = 5;

export function runLine(run: RunView): RunLine {
  const slowed = run.status === 'succeeded' && run.waited >= noticedWait;
  const seconds = runSeconds(run);
  return {
    start: dayAndClock(run.started),
    type: texts.types[run.type] ?? run.type,
    status: slowed ? texts.slowed : (texts.statuses[run.status] ?? run.status),
    tone: slowed ? 'warning' : (tones[run.status] ?? 'off'),
    note: run.message || (slowed ? texts.waited(duration(Math.round(run.waited))) : ''),
    time: seconds === null ? '' : duration(Math.round(seconds)),
    rows: number(run.rows),
    requests: number(run.requests),
  };
}
