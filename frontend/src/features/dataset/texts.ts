import type { Content, RunStatus, RunType } from '../../backend/types';

export const remove = {
  title: (name: string) => `Delete ${name}?`,
  lead: 'All of this goes from this computer. Nothing changes in Azure DevOps.',
  dataset: 'Dataset',
  datasetFile: 'its file with every row',
  dashboard: 'Dashboard',
  report: 'Report',
  history: 'Refresh history',
  historyAll: 'all of it',
  signIn: 'Sign-in',
  signInKept: 'the one kept for this connection',
  undo: 'There is no way back. Loading it again starts from the beginning.',
  confirm: 'Delete the dataset',
  cancel: 'Cancel',
};

export const reload = {
  title: 'Reload everything?',
  lead: (name: string) => `${name} is loaded from the beginning into a second file, which takes the place of the present one when it is whole.`,
  meanwhile: 'Until then',
  meanwhileText: 'the dashboard and the report show what is here now',
  lost: 'What changes',
  lostText: 'rows that are gone on the server and kept only here are not loaded again',
  needs: 'Needs',
  needsText: (size: string) => `about ${size} of disk while it runs, and as long as the first load`,
  confirm: 'Reload everything',
  cancel: 'Cancel',
};

export const screen = {
  states: {
    ready: 'Up to date',
    loading: 'Loading',
    partial: 'Partial data',
    refreshing: 'Refreshing',
    paused: 'Not loaded to the end',
    failed: 'The last refresh failed',
  },
  refreshing: (percent: string) => `Refreshing, ${percent}%`,
  refresh: 'Refresh now',
  goOn: 'Continue loading',
  seeLoad: 'See the load',
  more: 'More options',
  openOf: (name: string, kind: string) => `Open ${kind} ${name}`,
  fullReload: 'Reload everything',
  remove: 'Delete',
  dashboard: 'dashboard',
  report: 'report',
  failure: 'The last refresh failed',
  tryAgain: 'Try again',
};

export const contentNames: Record<Content, string> = {
  workItems: 'Work items',
  git: 'Git',
  pullRequests: 'Pull requests',
  pipelines: 'Pipelines',
  tests: 'Tests',
  tfvc: 'TFVC',
};

export const connection = {
  connectedAs: 'Connected as',
  nobody: 'No account needed',
  sample: 'the sample organization runs on this computer',
  organization: 'Organization',
  server: 'Collection',
  projects: 'Projects',
  match: (n: string) => `${n} match today`,
  gone: (names: string) => `Gone on the server, kept here: ${names}`,
  loads: 'Loads',
  back: (months: number) => (months < 0 ? 'all history' : months % 12 === 0 ? (months === 12 ? 'back 1 year' : `back ${months / 12} years`) : `back ${months} months`),
  zone: 'Time zone of days',
  file: 'File',
  edit: 'Edit parameters',
  show: 'Show file',
  everything: 'Everything',
  another: 'Use another account',
  anotherNote: 'Connects once more, as somebody else. This dataset stays as it is.',
};

export const parameters = {
  title: 'Edit parameters',
  note: 'Takes effect at the next refresh. What no longer matches or is not ticked stays readable, and is not refreshed any more.',
  save: 'Save',
  cancel: 'Cancel',
  saved: 'Saved. It takes effect at the next refresh.',
};

export const schedule = {
  title: 'Schedule',
  runsOpen: 'Runs while Sightline is open',
  runsAlways: 'Runs while Sightline is open, and while it is closed',
  whenClosed: 'Refresh while closed',
  toggle: 'Refresh by itself',
  legend: 'Refresh',
  choices: { manual: 'Manual', '60': '1 h', '240': '4 h', '1440': '24 h', times: 'Fixed times' },
  times: (zone: string) => `Times, on the clock of ${zone}`,
  time: (n: number) => `Time ${n}`,
  timeBad: 'Hours and minutes, for example 07:30',
  removeTime: (time: string) => `Remove ${time}`,
  addTime: 'Add a time',
  atStart: (age: string) => `When Sightline starts, if older than ${age}`,
  hours: (n: number) => (n === 1 ? '1 hour' : `${n} hours`),
  catchUp: 'Catch up once after a missed run',
  next: (when: string) => `Next: ${when}`,
  inTime: (time: string) => `in ${time}`,
  soon: 'Next: in a moment',
  manual: 'Only when you ask for it',
  afterLoad: 'Begins when the first load is whole',
};

export const last = {
  title: 'Last refresh',
  never: 'Not loaded to the end yet',
  line: (when: string, time: string, requests: string) => `${when}, ${time}, ${requests}`,
  request: 'request',
  added: 'added',
  changed: 'changed',
  deleted: 'deleted',
  bars: (n: number) => (n < 24 ? 'Seconds per refresh' : 'Seconds per refresh, last 24'),
  barsSaid: (n: string, longest: string, slowed: string) => `Seconds of the last ${n} refreshes; the longest took ${longest}, ${slowed} slowed by the server`,
  noBars: 'Refreshes after the first load appear here.',
};

export const history = {
  title: 'Refresh history',
  subtitle: 'Added / changed / deleted rows',
  none: 'No refresh has run yet',
  export: 'Export',
  exportOf: 'Export the refresh history',
  saved: (path: string) => `Saved as ${path}`,
  all: (n: string) => `Show all ${n}`,
  columns: { start: 'Start', type: 'Type', status: 'Status', time: 'Time', rows: 'Rows', requests: 'Calls' },
  fileColumns: [
    'Start', 'End', 'Type', 'Status', 'Seconds', 'Added', 'Changed', 'Deleted', 'Rows', 'Requests', 'Bytes', 'Waited seconds', 'Parked', 'Not allowed', 'Message',
  ],
  types: {
    first: 'First load', scheduled: 'Scheduled', catchUp: 'Catch-up', atStart: 'At start', onDemand: 'On demand', full: 'Full reload', command: 'Command', missed: 'Scheduled',
  } satisfies Record<RunType, string> as Record<string, string>,
  statuses: {
    running: 'Running', succeeded: 'Completed', failed: 'Failed', canceled: 'Stopped', interrupted: 'Interrupted', missed: 'Missed',
  } satisfies Record<RunStatus, string> as Record<string, string>,
  instant: 'under 1 s',
  slowed: 'Completed, slowed',
  inPart: 'Completed in part',
  changes: (added: string, changed: string, deleted: string) => `+${added} / ${changed} / ${deleted}`,
  waited: (time: string) => `Waited ${time}: asked to slow down`,
  parked: (parts: string) => `${parts} put off to the next refresh`,
  part: 'part',
  barSlowed: (words: string) => `${words}, slowed`,
  details: (start: string) => `Details of ${start}`,
  entity: 'Rows',
  added: 'Added',
  changed: 'Changed',
  deleted: 'Deleted',
  nothing: 'No row changed.',
  ended: 'Ended',
  received: 'Received',
  rowsRead: 'Rows read',
  waitedFor: 'Waited for the server',
  notWaited: 'not at all',
  message: 'Message',
  putOff: 'Put off to the next refresh',
  notAllowed: 'May not be read',
  inProject: (what: string, project: string) => `${what} of ${project}`,
};

/** What the history calls the kinds of rows, in the order of the proof of load. */
export const entityNames: Record<string, string> = {
  projects: 'Projects', teams: 'Teams', areas: 'Areas', iterations: 'Iterations', fields: 'Fields', workItemTypes: 'Work item types', boards: 'Boards',
  capacities: 'Capacities', workItems: 'Work items', revisions: 'Work item revisions', links: 'Work item links', destroyed: 'Destroyed work items',
  repositories: 'Git repositories', branches: 'Git branches', commits: 'Git commits', pushes: 'Git pushes', pullRequests: 'Pull requests',
  reviews: 'Pull request reviews', definitions: 'Pipelines', builds: 'Pipeline runs', timelines: 'Timelines of runs',
  timelineRecords: 'Stages, jobs and tasks', deployments: 'Deployments', testRuns: 'Test runs', changesets: 'TFVC changesets',
  changedFiles: 'Changed files', tfvcBranches: 'TFVC branches',
};

export const proof = {
  title: 'Proof of load',
  lead: 'Rows on the server and rows held here',
  checked: (when: string) => `Rows on the server and rows held here, ${when}`,
  check: 'Check now',
  checking: 'Asking the server',
  columns: { entity: 'Entity', server: 'Server', held: 'Held', state: 'State' },
  equal: 'Equal',
  kept: (n: string) => `${n} kept here`,
  more: (n: string) => `${n} more here`,
  missing: (n: string) => `${n} missing`,
  unknown: 'Not asked',
  others: (n: string) => `Show ${n} more, all equal`,
  never: (workItems: string, revisions: string) => `Sightline holds ${workItems} with ${revisions}. Check now asks the server how many rows it has, and compares.`,
  workItem: 'work item',
  revision: 'revision',
  as: (requests: string, person: string) => `Asked with ${requests}, all answered as ${person}.`,
  request: 'request',
};
