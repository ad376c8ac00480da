// Every word of What changed? that is not data.
import type { ChangeKind } from '../../../backend/types';

export const texts = {
  title: 'What changed',
  back: (page: string) => `Back to ${page}`,
  /** Around the two numbers and their difference. */
  went: (name: string) => `${name} went from`,
  to: 'to',
  once: 'Every item is counted once, in the step that explains it.',
  none: (name: string) => `Nothing changed ${name.toLocaleLowerCase()} between the two days.`,
  measure: 'Measure',
  from: 'From',
  until: 'To',
  today: 'Today',
  steps: (name: string) => `${name}, step by step`,
  on: (day: string) => `On ${day}`,
  onDay: (day: string) => `on ${day}`,
  by: (what: string) => `Change by ${what}`,
  byTitle: 'Split the change by',
  against: (name: string, to: string, from: string) => `${name} ${to} against ${from}`,
  noSplit: 'No part of it changed.',
  openList: 'Open as a list',
  list: (step: string) => `Items of ${step}`,
  shown: (n: string, all: string) => `${n} of ${all} shown`,
  id: 'Id',
  itemTitle: 'Title',
  before: 'Before',
  after: 'After',
  adds: 'Adds',
  choose: 'Choose a step to see its items.',
  waiting: 'What changed',
  again: 'Try again',
};

/** What a split of the difference is called, by its column. */
export const splits: [field: string, name: string][] = [
  ['Areas[Area path]', 'area'], ['Iterations[Iteration path]', 'iteration'], ['Work items[Type]', 'type'], ['Work items[Assigned to]', 'person'],
  ['Work items[Priority]', 'priority'], ['Projects[Project]', 'project'],
];

const moved: Record<string, string> = { 'Area path': 'area', 'Iteration path': 'iteration', 'Assigned to': 'person', 'Is bug': 'type', Tags: 'tag' };
const columnOf = (field: string) => /\[([^\]]*)\]$/.exec(field)?.[1] ?? field;
/** "area" of Areas[Area path]. */
export const whatMoved = (field: string): string => moved[columnOf(field)] ?? columnOf(field).toLocaleLowerCase();

/** A step under its column: "Moved in by area". */
export function stepName(kind: ChangeKind, field: string): string {
  switch (kind) {
    case 'created':
      return 'Created';
    case 'completed':
      return 'Completed';
    case 'reopened':
      return 'Reopened';
    case 'removed':
      return 'Removed';
    case 'restored':
      return 'Restored';
    case 'state':
      return 'Other states';
    case 'movedIn':
      return `Moved in by ${whatMoved(field)}`;
    case 'movedOut':
      return `Moved out by ${whatMoved(field)}`;
    case 'estimated':
      return 'Re-estimated';
  }
}

/** Why the items of a step count, or count no more; `from` and `to` say when: "on 4 Nov", "today". */
export function stepReason(kind: ChangeKind, field: string, from: string, to: string): string {
  switch (kind) {
    case 'created':
      return `Counted ${to}, did not exist ${from}. Newest first`;
    case 'completed':
      return `Counted ${from}, completed since`;
    case 'reopened':
      return `Completed ${from}, open again ${to}`;
    case 'removed':
      return `Counted ${from}, removed since`;
    case 'restored':
      return `Removed ${from}, there again ${to}`;
    case 'state':
      return `Counted ${from} or ${to}, but not both, because of their state`;
    case 'movedIn':
      return `Elsewhere ${from}, moved in by ${whatMoved(field)}`;
    case 'movedOut':
      return `Counted ${from}, moved out by ${whatMoved(field)}`;
    case 'estimated':
      return `Counted on both days, with another amount`;
  }
}
