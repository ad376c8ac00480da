// The progress of a load as the screen says it: words and shares, no markup.
import type { PhaseView, ProgressView } from '../../backend/types';
import { duration } from '../../format/durations';
import { fileSize } from '../../format/fileSize';
import { number, plural } from '../../format/numbers';
import { phaseNames, texts } from './texts';

export interface PhaseRow {
  key: string;
  name: string;
  /** `stopped` was under way when the load paused or ended. */
  state: PhaseView['state'] | 'stopped';
  /** "142,330 of 186,204", "not started". */
  amount: string;
  /** 0 to 1; null while it runs and nobody knows how much there is. */
  share: number | null;
  rate: string;
  time: string;
}

// A clock on the screen counts whole seconds; tenths would flicker.
const seconds = (s: number) => duration(Math.round(s));

export function phaseRow(phase: PhaseView, moving: boolean): PhaseRow {
  const underWay = phase.state === 'running' || phase.state === 'waiting';
  return {
    key: phase.phase,
    name: phaseNames[phase.phase] ?? phase.phase,
    state: underWay && !moving ? 'stopped' : phase.state,
    amount: amountOf(phase),
    share: shareOf(phase) ?? (moving ? null : 0),
    rate: underWay && !moving ? '' : rateOf(phase),
    time: phase.state === 'notStarted' ? '' : seconds(phase.elapsed),
  };
}

function rateOf({ state, rate }: PhaseView): string {
  if (state === 'waiting') return texts.held;
  if (state === 'failed') return texts.putOff;
  return rate >= 1 && state !== 'notStarted' ? texts.perSecond(number(Math.round(rate))) : '';
}

function amountOf({ state, done, expected }: PhaseView): string {
  if (state === 'notStarted') return texts.notStarted;
  if (expected > 0) return texts.of(number(done), number(Math.max(done, expected)));
  if (done > 0) return number(done);
  return state === 'finished' ? texts.done : state === 'failed' ? texts.nothing : texts.running;
}

function shareOf({ state, done, expected }: PhaseView): number | null {
  if (state === 'finished') return 1;
  if (state === 'notStarted' || (state === 'failed' && expected === 0)) return 0;
  return expected > 0 ? Math.min(1, done / expected) : null;
}

/** What stands under the bar: time gone, time left, rows, speed, requests, bytes, retries, waits. What is not known is left out. */
export function summary(p: ProgressView): string[] {
  const running = p.state === 'running';
  return [
    texts.gone(seconds(p.elapsed)),
    running && p.left >= 1 ? texts.left(seconds(p.left)) : '',
    plural(p.rows, texts.rows),
    running && p.rowRate >= 1 ? texts.rowRate(number(Math.round(p.rowRate))) : '',
    plural(p.requests, texts.requests),
    p.bytes > 0 ? fileSize(p.bytes) : '',
    p.retries > 0 ? plural(p.retries, texts.retries, texts.retriesMany) : '',
    p.waited >= 1 ? texts.waited(seconds(p.waited)) : '',
  ].filter(Boolean);
}

/** The heading for each state of a load. */
export function heading(p: ProgressView): string {
  const name = p.organization || p.name;
  const first = p.type === '' || p.type === 'first';
  switch (p.state) {
    case 'running':
      return first ? texts.loading(name) : p.type === 'full' ? texts.reloading(name) : texts.refreshing(name);
    case 'paused':
      return texts.paused(name);
    case 'succeeded':
      return first || p.type === 'full' ? texts.loaded(name) : texts.refreshed(name);
    case 'failed':
      return texts.failed(name);
    case 'canceled':
      return texts.stopped(name);
    case 'idle':
      return p.fault ? texts.failed(name) : texts.idle(name);
  }
}

/** "4 projects, as Mira Okafor." and what closing the window does. */
export function underHeading(p: ProgressView): string {
  const projects = p.projects.length > 0 ? plural(p.projects.length, texts.project) : '';
  const who = projects && p.person ? texts.as(projects, p.person) : projects ? texts.asNobody(projects) : p.person ? texts.asPerson(p.person) : '';
  const note = p.state === 'running' ? texts.close : p.state === 'succeeded' ? '' : texts.kept;
  return [who, note].filter(Boolean).join(' ');
}

/** Seconds left of a wait, counted on from when the program told it. Times in milliseconds. */
export function waitLeft(p: ProgressView, toldAt: number, now: number): number {
  return Math.max(0, p.waitLeft - (now - toldAt) / 1000);
}
