// One line of the refresh history in words.
import type { RunStatus, RunView } from '../../backend/types';
import { dayAndClock } from '../../format/dates';
import { duration } from '../../format/durations';
import { number, plural } from '../../format/numbers';
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
  /** "+38 / 212 / 0"; '' for a run that changed nothing because it did not come to its end. */
  rows: string;
  requests: string;
}

const tones: Record<RunStatus, RunTone> = { running: 'brand', succeeded: 'ok', failed: 'danger', canceled: 'off', interrupted: 'off', missed: 'off' };

/** Seconds between start and end; null while it runs. */
export function runSeconds(run: RunView): number | null {
  if (!run.started || !run.ended) return null;
  return Math.max(0, (new Date(run.ended).getTime() - new Date(run.started).getTime()) / 1000);
}

/** How long a refresh took. The program tells its times in whole seconds, so none is less than one. */
export function secondsWords(seconds: number): string {
  return seconds === 0 ? texts.instant : duration(Math.round(seconds));
}

export function runLine(run: RunView): RunLine {
  const [status, tone] = statusOf(run);
  const seconds = run.status === 'missed' ? null : runSeconds(run);
  const ran = seconds !== null;
  return {
    start: dayAndClock(run.started),
    type: texts.types[run.type] ?? run.type,
    status,
    tone,
    note: noteOf(run),
    time: seconds === null ? '' : secondsWords(seconds),
    rows: ran && (run.status === 'succeeded' || run.added + run.changed + run.deleted > 0) ? texts.changes(number(run.added), number(run.changed), number(run.deleted)) : '',
    requests: ran ? number(run.requests) : '',
  };
}

function statusOf(run: RunView): [string, RunTone] {
  if (run.status === 'succeeded' && run.parked.length > 0) return [texts.inPart, 'warning'];
  if (run.status === 'succeeded' && run.slowed) return [texts.slowed, 'warning'];
  return [texts.statuses[run.status] ?? run.status, tones[run.status] ?? 'off'];
}

function noteOf(run: RunView): string {
  if (run.message) return run.message;
  const notes = [
    run.parked.length > 0 ? texts.parked(plural(run.parked.length, texts.part)) : '',
    run.slowed ? texts.waited(duration(Math.round(run.waited))) : '',
  ];
  return notes.filter(Boolean).join('; ');
}

export interface RunBar {
  key: string;
  seconds: number;
  slowed: boolean;
  /** "17 Nov, 17:38: 1 min 58 s, slowed". */
  label: string;
}

/** The seconds of the last refreshes, oldest first. Loads of everything are left out: beside them nothing else could be seen. */
export function runBars(runs: readonly RunView[], most = 24): RunBar[] {
  const counted = runs.filter((run) => run.status === 'succeeded' && run.type !== 'first' && run.type !== 'full').slice(0, most);
  return counted.toReversed().map((run) => {
    const seconds = runSeconds(run) ?? 0;
    const words = `${dayAndClock(run.started)}: ${secondsWords(seconds)}`;
    return { key: run.started + run.type, seconds, slowed: run.slowed, label: run.slowed ? texts.barSlowed(words) : words };
  });
}
