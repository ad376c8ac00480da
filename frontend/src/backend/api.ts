// Every call the interface makes, typed. Services mirror the bound structs of backend/desktop.
import { call, on } from './call';
import type * as t from './types';

export const shell = {
  state: () => call<t.ShellView>('Shell.State'),
  setTheme: (theme: t.Theme) => call<void>('Shell.SetTheme', theme),
  markOpened: (kind: 'dashboard' | 'report' | 'dataset', id: string) => call<void>('Shell.MarkOpened', kind, id),
  rename: (kind: 'dashboard' | 'report' | 'dataset', id: string, name: string) => call<void>('Shell.Rename', kind, id, name),
  /** Opens a page of Azure DevOps in the person's browser; only addresses of connected organizations. */
  openExternal: (url: string) => call<void>('Shell.OpenExternal', url),
  save: (file: t.CSVFile) => call<t.SaveResult>('Shell.Save', file),
  /** The timer of the operating system that refreshes while Sightline is closed. */
  timer: () => call<t.TimerView>('Shell.Timer'),
  setTimer: (running: boolean) => call<t.TimerView>('Shell.SetTimer', running),
  /** Whether closing the window hides it, so that the schedule goes on. */
  setBackground: (staying: boolean) => call<void>('Shell.SetBackground', staying),
  setNotifications: (which: t.Notifications) => call<void>('Shell.SetNotifications', which),
  /** Whether the person looks at Sightline now: what they see needs no notification of the system. */
  setWatched: (watched: boolean) => call<void>('Shell.SetWatched', watched),
  /** Ends the program, also when closing the window would only hide it. */
  quit: () => call<void>('Shell.Quit'),
  notices: () => call<t.NoticeView[]>('Shell.Notices'),
  seeNotices: () => call<void>('Shell.SeeNotices'),
};

export const getData = {
  defaults: () => call<t.ConnectDefaults>('GetData.Defaults'),
  checkOrganization: (text: string) => call<t.OrganizationCheck>('GetData.CheckOrganization', text),
  checkPatterns: (texts: string[]) => call<t.PatternCheck[]>('GetData.CheckPatterns', texts),
  begin: (request: t.ConnectRequest) => call<t.AttemptView>('GetData.Begin', request),
  attempt: (id: string) => call<t.AttemptView>('GetData.Attempt', id),
  cancel: (id: string) => call<t.AttemptView>('GetData.Cancel', id),
  /** Starts over in a fresh browser, as somebody else. */
  signInAgain: (id: string) => call<t.AttemptView>('GetData.SignInAgain', id),
  changePatterns: (id: string, patterns: string[]) => call<t.AttemptView>('GetData.ChangePatterns', id, patterns),
  /** `anyway` takes an identity that was not the expected one. */
  accept: (id: string, anyway: boolean) => call<t.AttemptView>('GetData.Accept', id, anyway),
  /** A personal access token goes in a request body, never in an argument, which may be logged. */
  sendToken: async (id: string, token: string): Promise<boolean> => {
    const r = await fetch(`/api/attempts/${encodeURIComponent(id)}/token`, { method: 'POST', body: token, headers: { 'Content-Type': 'text/plain', 'X-Sightline': '1' } });
    return r.ok;
  },
};

export const accounts = {
  list: () => call<t.AccountsView>('Accounts.List'),
  /** Which account is offered first for a new connection. */
  use: (key: string) => call<t.AccountsView>('Accounts.Use', key),
  signOutPlan: (key: string) => call<t.SignOutPlan>('Accounts.SignOutPlan', key),
  /** Forgets the tokens of an account; the datasets that are named are deleted too. */
  signOut: (key: string, deleteDatasets: string[]) => call<t.SignOutReport>('Accounts.SignOut', key, deleteDatasets),
  /** Forgets an account that is signed out and that no dataset uses. */
  remove: (key: string) => call<t.AccountsView>('Accounts.Remove', key),
  keeping: () => call<t.KeepingView>('Accounts.Keeping'),
  /** Asks the keyring once more. */
  retryKeyring: () => call<t.KeepingView>('Accounts.RetryKeyring'),
  /** A passphrase goes in a request body, never in an argument. False: it was the wrong one. */
  sendPassphrase: async (passphrase: string): Promise<boolean> => {
    const r = await fetch('/api/passphrase', { method: 'POST', body: passphrase, headers: { 'Content-Type': 'text/plain', 'X-Sightline': '1' } });
    return r.ok;
  },
  setClientId: (clientId: string) => call<void>('Accounts.SetClientID', clientId),
  /** Asks a directory whether it knows a client id, without anybody signing in. */
  checkRegistration: (clientId: string, organization: string, authority: string) =>
    call<t.RegistrationCheck>('Accounts.CheckRegistration', clientId, organization, authority),
};

export const refreshes = {
  progress: (datasetId: string) => call<t.ProgressView>('Refreshes.Progress', datasetId),
  start: (datasetId: string) => call<t.ProgressView>('Refreshes.Start', datasetId),
  pause: (datasetId: string) => call<t.ProgressView>('Refreshes.Pause', datasetId),
  resume: (datasetId: string) => call<t.ProgressView>('Refreshes.Resume', datasetId),
  cancel: (datasetId: string) => call<t.ProgressView>('Refreshes.Cancel', datasetId),
  history: (datasetId: string) => call<t.RunView[]>('Refreshes.History', datasetId),
};

export const datasets = {
  dataset: (id: string) => call<t.DatasetView>('Datasets.Dataset', id),
  remove: (id: string) => call<void>('Datasets.Delete', id),
  setSchedule: (id: string, schedule: t.ScheduleView) => call<t.DatasetView>('Datasets.SetSchedule', id, schedule),
  /** What is not named any more stays readable and is no longer refreshed. */
  setContents: (id: string, contents: t.Content[], historyMonths: number) => call<t.DatasetView>('Datasets.SetContents', id, contents, historyMonths),
  setPatterns: (id: string, patterns: string[]) => call<t.DatasetView>('Datasets.SetPatterns', id, patterns),
  /** The last proof of load; `checked` is '' when there is none. */
  proof: (id: string) => call<t.ProofView>('Datasets.Proof', id),
  /** Asks the server now. */
  verify: (id: string) => call<t.ProofView>('Datasets.Verify', id),
  /** Shows the file in the file manager of this computer. */
  reveal: (id: string) => call<void>('Datasets.Reveal', id),
  /** Loads everything again into a second file, which takes the place of the first when it is whole. */
  fullReload: (id: string) => call<t.ProgressView>('Datasets.FullReload', id),
};

export const reports = {
  report: (id: string) => call<t.ReportView>('Reports.Report', id),
  arrange: (reportId: string, pages: t.PageArrangement[]) => call<t.ReportView>('Reports.Arrange', reportId, pages),
  page: (reportId: string, pageId: string, state: t.PageState) => call<t.PageData>('Reports.Page', reportId, pageId, state),
  /** Members of a column with their counts, for filter cards and long slicers; the first 1,000, or of what contains `search`. */
  members: (reportId: string, pageId: string, field: string, search: string, state: t.PageState) =>
    call<t.MembersView>('Reports.Members', reportId, pageId, field, search, state),
  csv: (reportId: string, pageId: string, visualId: string, state: t.PageState) =>
    call<t.CSVFile>('Reports.VisualCSV', reportId, pageId, visualId, state),
};

export const dashboards = {
  dashboard: (id: string) => call<t.DashboardView>('Dashboards.Dashboard', id),
  data: (id: string) => call<t.DashboardData>('Dashboards.Data', id),
  csv: (id: string, tileId: string) => call<t.CSVFile>('Dashboards.TileCSV', id, tileId),
  /** Refused when the dashboard was changed elsewhere since `revision`. */
  save: (id: string, board: { version: 2; revision: number; name: string; tiles: Partial<t.Tile>[]; narrow: string[] }) => call<t.DashboardView>('Dashboards.Save', id, board),
  pin: (request: t.PinRequest) => call<t.Pinned>('Dashboards.Pin', request),
  make: (datasetId: string, name: string) => call<t.Pinned>('Dashboards.New', datasetId, name),
  duplicate: (id: string) => call<t.Pinned>('Dashboards.Duplicate', id),
  remove: (id: string) => call<void>('Dashboards.Delete', id),
};

/** The rows behind marks, their history, and why a number differs between two times. */
export const items = {
  /** `value` is the position of the value in the visual's answer. */
  behind: (reportId: string, pageId: string, visualId: string, state: t.PageState, marks: t.Filter[], value: number, ask: t.ItemsAsk) =>
    call<t.ItemsView>('Items.Behind', reportId, pageId, visualId, state, marks, value, ask),
  byKeys: (datasetId: string, table: string, keys: t.ItemKey[], asOf: string, ask: t.ItemsAsk) => call<t.ItemsView>('Items.ByKeys', datasetId, table, keys, asOf, ask),
  columns: (datasetId: string, table: string) => call<t.ItemsColumn[]>('Items.Columns', datasetId, table),
  /** Revisions older than `before`, or the newest for 0. */
  history: (datasetId: string, id: number, before: number) => call<t.ItemHistory>('Items.History', datasetId, id, before),
  search: (datasetId: string, text: string) => call<t.FoundItem[]>('Items.Search', datasetId, text),
  changes: (reportId: string, pageId: string, state: t.PageState, ask: t.ChangesAsk) => call<t.ChangesView>('Items.Changes', reportId, pageId, state, ask),
  /** All items of one part of an explanation. */
  changed: (reportId: string, pageId: string, state: t.PageState, of: t.ChangesAsk, kind: t.ChangeKind, field: string, ask: t.ItemsAsk) =>
    call<t.ItemsView>('Items.Changed', reportId, pageId, state, of, kind, field, ask),
  timeline: (datasetId: string) => call<t.Span>('Items.Timeline', datasetId),
};

export const exports = {
  plan: (request: t.ExportRequest) => call<t.ExportPlan>('Exports.Plan', request),
  save: (request: t.ExportRequest) => call<t.SaveResult>('Exports.Save', request),
  /** A PNG in base64; under serve the page offers it itself. */
  savePicture: (title: string, png: string) => call<t.SaveResult>('Exports.SavePicture', title, png),
};

/** Small signals; whoever hears one asks again for what it needs. */
export const events = {
  progress: (hear: (e: t.ProgressView) => void) => on<t.ProgressView>('refresh:progress', hear),
  datasetChanged: (hear: (e: { datasetId: string; generation: number }) => void) =>
    on<{ datasetId: string; generation: number }>('dataset:changed', hear),
  workspaceChanged: (hear: () => void) => on<unknown>('workspace:changed', hear),
  notice: (hear: (e: t.NoticeView) => void) => on<t.NoticeView>('notice', hear),
  /** Under serve the page itself asks the browser to show what happened. */
  outside: (hear: (n: t.Notification) => void) => on<t.Notification>('notice:outside', hear),
  /** A notification of the system was clicked. */
  noticeOpened: (hear: (n: t.Notification) => void) => on<t.Notification>('notice:opened', hear),
  attemptChanged: (hear: (e: { id: string }) => void) => on<{ id: string }>('attempt:changed', hear),
};
