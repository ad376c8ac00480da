// What the program answers: the TypeScript side of backend/desktop/views.go, backend/report/document.go
// and backend/dataset. Times are RFC 3339 text ("" when not set), durations seconds, null is never 0.

export interface Fact { name: string; value: string }
/** A refusal as a person reads it. */
export interface Fault { code: string; message: string; hint: string; facts: Fact[]; actions: FaultAction[] }
/** What can solve a fault, the first as its large button. Without any the code says what helps. */
export type FaultAction =
  | 'signInElse' | 'signInAgain' | 'normalBrowser' | 'useDeviceCode' | 'useToken' | 'askConsent' | 'openGuide' | 'copyForAdmin'
  | 'editName' | 'editProjects' | 'unlockKeys' | 'retry';

export type Theme = 'system' | 'light' | 'dark';
export type Face = 'window' | 'serve';
/** loading and partial belong to the first load; what was whole once is refreshing. */
export type ItemState = 'ready' | 'loading' | 'partial' | 'refreshing' | 'paused' | 'failed';
export interface NavItem { id: string; name: string; datasetId: string; new: boolean; state: ItemState; percent: number }
export type SignInState = 'signedIn' | 'ended' | 'expiring' | 'signedOut' | 'none';
export interface AccountConnection { datasetId: string; name: string; organization: string; state: SignInState; bytes: number }
export interface AccountView {
  key: string; name: string; address: string; directory: string; kind: 'work' | 'guest' | 'personal' | 'token';
  state: SignInState; sentence: string; inUse: boolean; connections: AccountConnection[];
}
/** Where the keys of the sign-ins rest; unknown while nothing was kept yet. */
export type KeepingMode = 'keyring' | 'kernel' | 'passphrase' | 'session' | 'unknown';
export interface KeepingView { mode: KeepingMode; locked: boolean; passphrase: boolean; sentence: string }
export interface AccountsView { accounts: AccountView[]; without: AccountConnection[]; keeping: KeepingView }
/** What signing out touches, shown before; `page` is where the person can end it in the directory, or ''. */
export interface SignOutPlan { account: AccountView; datasets: AccountConnection[]; forgets: string[]; remains: string[]; page: string }
export interface SignOutReport { accounts: AccountsView; deleted: string[]; remains: string[]; faults: Fault[] }
export interface RegistrationProof { what: string; state: 'ok' | 'failed' | 'unknown'; sentence: string }
/** What a directory says of a client id without anybody signing in. */
export interface RegistrationCheck { directory: string; authority: string; checks: RegistrationProof[]; fault: Fault | null }
export interface ShellView {
  version: string; face: Face; theme: Theme; background: boolean; notifications: Notifications; accounts: AccountView[];
  dashboards: NavItem[]; reports: NavItem[]; datasets: NavItem[];
}

export interface OrganizationCheck { ok: boolean; name: string; url: string; display: string; server: boolean; fault: Fault | null }
export interface PatternCheck { text: string; ok: boolean; suggestion: string; fault: Fault | null }
/** What a person can tick under "What to load". Projects, teams and sprints are always loaded. */
export type Content = 'workItems' | 'git' | 'pullRequests' | 'pipelines' | 'tests' | 'tfvc';
export interface ContentView { content: Content; name: string; sentence: string; on: boolean }
/** How far back pipelines, source control and tests are loaded: 0 months is the default, -1 everything. */
export interface HistoryChoice { months: number; label: string }
/** `contents` are those that need it; without any it is always asked for. */
export interface Permission { name: string; sentence: string; contents?: Content[] | null }
export interface ConnectDefaults { clientId: string; permissions: Permission[]; contents: ContentView[]; historyChoices: HistoryChoice[] }
export type Source = 'azureDevOps' | 'server' | 'sample' | 'sampleSignIn';
export type Method = 'oauth' | 'token' | 'none';
export interface ConnectRequest {
  source: Source; organization: string; patterns: string[]; method: Method;
  clientId: string; authority: string; expect: string;
  /** Empty is everything. */
  contents: Content[];
  /** 0 is the default, -1 everything. */
  historyMonths: number;
  /** '' a new dataset; account: sign in without one; connection: again for that of `datasetId`, or move it. */
  purpose: '' | 'account' | 'connection'; datasetId: string;
  /** Key of an account: its kept sign-in is used for a new dataset; for the other purposes nobody else is taken unless `switch`. */
  account: string; switch: boolean;
  /** isolated is the best there is, as '' is, and never a sign-in that is kept. */
  rung: '' | 'isolated' | 'system' | 'copyLink' | 'deviceCode' | 'ephemeral'; askConsent: boolean;
  /** 2027-01-31, or '' when unknown. */
  tokenExpires: string;
  /** Send the token to an address that is not encrypted, which was warned about. */
  allowPlain: boolean;
}
export type Rung = '' | 'isolated' | 'isolatedWithoutPrivate' | 'ephemeral' | 'system' | 'copyLink' | 'deviceCode' | 'token' | 'silent';
/** Another way to sign in; `fault` says why it cannot be taken here. */
export interface SignInWay { rung: 'isolated' | 'system' | 'copyLink' | 'deviceCode' | 'ephemeral' | 'token'; name: string; sentence: string; isolated: boolean; fault: string }
export type AttemptPhase =
  | 'discovering' | 'opening' | 'waiting' | 'token' | 'proving' | 'confirm' | 'storing' | 'accepted' | 'failed' | 'canceled';
export interface IdentityView {
  accountKey: string;
  /** A sign-in that was kept before: nobody typed anything now. */
  silent: boolean;
  keeping: KeepingMode;
  /** Permissions that can change something, which Sightline never asks for. */
  writes: string[];
  /** Of a personal access token, or ''. */
  expires: string;
  name: string; address: string; directory: string; kind: string; organization: string;
  expected: string; matches: boolean; projects: number;
}
export interface ProjectMatch { name: string; matched: boolean; length: number }
export interface AttemptView {
  id: string; phase: AttemptPhase; organization: string; url: string; source: Source;
  browser: string; rung: Rung; authority: string; ways: SignInWay[]; code: string; codePage: string; purpose: ConnectRequest['purpose']; isolated: boolean; link: string; notice: string;
  started: string; deadline: string; identity: IdentityView | null;
  projects: ProjectMatch[]; matched: number; warnings: Fault[]; fault: Fault | null;
  datasetId: string; dashboardId: string; reportId: string;
}

export type PhaseName =
  | 'projects' | 'workItems' | 'history' | 'links' | 'git' | 'pullRequests' | 'pipelines' | 'tests' | 'tfvc' | 'compute';
export type PhaseState = 'notStarted' | 'running' | 'waiting' | 'finished' | 'failed';
export interface PhaseView { phase: PhaseName; state: PhaseState; done: number; expected: number; rate: number; elapsed: number }
export interface LogLine { at: string; text: string }
/** Something that was not read: parked, which the next refresh goes on with, or skipped, because it may not be read. `project` is '' when it concerns all. */
export interface UnreadView { project: string; what: string; why: string }
export interface ProgressView {
  datasetId: string; name: string; organization: string; person: string;
  /** '' while none ran. */
  type: RunType | '';
  state: 'idle' | 'running' | 'paused' | 'succeeded' | 'failed' | 'canceled';
  percent: number; phases: PhaseView[]; rows: number; rowRate: number; requests: number;
  elapsed: number; left: number; waited: number; waitLeft: number; waitWhy: string;
  firstLook: boolean; projects: string[]; log: LogLine[]; fault: Fault | null;
  bytes: number; retries: number; parked: UnreadView[]; skipped: UnreadView[];
  dashboardId: string; reportId: string;
}
export type RunType = 'first' | 'scheduled' | 'catchUp' | 'atStart' | 'onDemand' | 'full' | 'command' | 'missed';
export type RunStatus = 'running' | 'succeeded' | 'failed' | 'canceled' | 'interrupted' | 'missed';
export interface Change { added: number; changed: number; deleted: number }
export interface RunView {
  type: RunType; started: string; ended: string; status: RunStatus; message: string;
  rows: number; requests: number; bytes: number; waited: number;
  /** By entity. A row that came again as it was counts nowhere. */
  changes: Record<string, Change>; added: number; changed: number; deleted: number;
  parked: UnreadView[]; skipped: UnreadView[]; slowed: boolean;
}
export type ScheduleMode = 'manual' | 'interval' | 'times';
export interface ScheduleView {
  mode: ScheduleMode; everyMinutes: number;
  /** "07:30", on the clock of the dataset's time zone. */
  times: string[];
  /** When Sightline starts, if the data is older than the interval. */
  atStart: boolean; catchUp: boolean;
  next: string;
  /** Why the next refresh waits longer, or ''. */
  paused: string;
  failures: number;
}
/** One line of "the server says N, we hold N". `held` counts what is gone on the server and kept here too. */
export interface ProofRow {
  entity: string; name: string; server: number; held: number;
  /** The server was asked and answered. */
  known: boolean;
  kept: number;
  /** On the server and not here. */
  missing: number;
  state: 'equal' | 'more' | 'kept' | 'missing' | 'unknown'; note: string;
}
export interface ProofView { checked: string; person: string; organization: string; rows: ProofRow[]; notes: string[]; requests: number }
/** The timer of the operating system that refreshes while Sightline is closed. */
export interface TimerView { supported: boolean; kind: string; on: boolean; everyMinutes: number; entries: string[]; detail: string; fault: Fault | null }
/** What the operating system shows while nobody looks at Sightline. */
export type Notifications = 'failed' | 'all' | 'none';
export interface Notification { id: string; datasetId: string; title: string; text: string }
export interface NoticeView {
  id: string; datasetId: string; kind: 'refreshed' | 'failed' | 'slowed' | 'proofGap' | 'signIn';
  title: string; text: string; at: string; seen: boolean;
}
export interface DatasetView {
  id: string; name: string; organization: string; url: string; patterns: string[]; person: string; address: string;
  sample: boolean; timeZone: string; lastRefresh: string; nextRefresh: string; lastError: string; state: ItemState;
  generation: number; workItems: number; revisions: number; bytes: number; reportId: string; dashboardId: string;
  /** '' and none for the sample's own token. */
  accountKey: string; signIn: SignInState; signInSentence: string;
  contents: Content[]; historyMonths: number;
  /** Name of its file. */
  file: string;
  schedule: ScheduleView;
  /** It comes from an Azure DevOps Server. */
  server: boolean;
  identityId: string;
  /** How many projects it holds that the patterns match today, and the names of those that are gone from the server. */
  matched: number; gone: string[];
}

// --- the semantic model's query and result (backend/dataset) ---
export type Cell = string | number | boolean | null;
export type Op =
  | 'in' | 'notIn' | 'under' | '>=' | '>' | '<=' | '<' | 'between' | 'contains' | 'startsWith' | 'notContains' | 'notStartsWith'
  | 'isBlank' | 'isNotBlank' | 'last' | 'this' | 'next' | 'lastCalendar' | 'nextCalendar' | 'current' | 'top' | 'bottom';
/** `by` orders the members of top and bottom. */
/** `any` are alternatives on the same column, which they need not name; `op` and `values` are then not there. */
export interface Filter { field: string; op?: Op; values?: Cell[]; by?: Value; any?: Filter[] }
export type Grain = '' | 'day' | 'week' | 'month' | 'quarter' | 'year' | 'sprint';
export interface Group { field: string; grain?: Grain }
export interface Value { measure?: string; field?: string; aggregate?: string; name?: string; filters?: Filter[] }
export interface Query {
  values: Value[]; rows?: Group[]; columns?: Group[]; filters?: Filter[]; highlight?: Filter[];
  sort?: { by: string; descending?: boolean }[]; top?: number; others?: boolean; asOf?: string; compareWith?: string; planningDays?: number; graceDays?: number; showEmpty?: boolean;
}
export type Role =
  | '' | 'stateCategory' | 'state' | 'priority' | 'severity' | 'person' | 'project' | 'area' | 'iteration' | 'team'
  | 'workItemId' | 'workItemType' | 'title' | 'date' | 'bucket' | 'outcome' | 'repository' | 'pipeline' | 'branch'
  | 'commitId' | 'pullRequestId' | 'runId' | 'testRunId' | 'deploymentId' | 'changesetId';
export interface Member {
  value: Cell; label: string; category?: string; start?: string; end?: string;
  partial?: boolean; other?: boolean; detail?: string;
}
export interface Dimension { field: string; name: string; type: string; role?: Role; grain?: Grain; members: Member[] }
export type Direction = 'neutral' | 'upIsWorse' | 'upIsBetter';
export interface ValueInfo {
  name: string; measure?: string; number?: string; unit?: string; format: string; additive: boolean; direction: Direction;
  /** "asOf" is the state at the end of each period and must not be summed over dates; "events" is what happened in it. */
  overTime?: '' | 'asOf' | 'events';
}
export interface Row { keys: number[]; values: (number | null)[]; parts?: (number | null)[]; /** The same values at the second time. */ compared?: (number | null)[] }
export interface Result {
  dimensions: Dimension[]; rowGroups: number; values: ValueInfo[]; rows: Row[]; total: Row;
  /** Beside rows when there are both rows and columns: computed, not added up. Keys hold those dimensions only. */
  rowTotals?: Row[]; columnTotals?: Row[];
  truncated?: number; asOf: string; comparedWith?: string; timeZone: string; generation: number; notes?: string[];
}

// --- documents (backend/report) ---
export type VisualType =
  | 'card' | 'bar' | 'column' | 'line' | 'area' | 'donut' | 'table' | 'matrix' | 'burndown' | 'combo'
  | 'pie' | 'velocity' | 'control' | 'scatter' | 'histogram' | 'percentiles' | 'heat' | 'text' | 'image';
export interface Place { x: number; y: number; w: number; h: number }
export type Interaction = 'highlight' | 'filter' | 'none';
export interface VisualOptions { colorBy?: '' | 'legend' | 'category' | 'ordinal' | 'single'; dot?: string; dataBars?: string[]; labels?: boolean; unit?: string; layout?: 'stacked' | 'clustered' | 'percent'; lines?: ReferenceLine[] }
export interface ReferenceLine { kind: 'average' | 'median' | 'constant'; value?: number; label?: string }
/** A card of the Filters pane: what its author chose, which a reader may change. No filters is (All). */
export interface FilterCard { id: string; title?: string; field: string; filters?: Filter[]; locked?: boolean; hidden?: boolean }
export interface Visual {
  id: string; type: VisualType; title: string; subtitle?: string; foot?: string; place: Place;
  query: Query; spark?: Query; sparkLabel?: string; options: VisualOptions; interactions?: Record<string, Interaction>;
  /** The levels of its axis, the widest first, when it can be drilled. */
  levels?: Group[];
  /** Further values that only a tooltip shows; they stand last in the result. */
  tooltips?: Value[];
  cards?: FilterCard[];
  /** Of a text visual, a small part of Markdown; the picture of an image visual as a data URL. */
  text?: string;
}
export type SlicerKind = 'dropDown' | 'list' | 'between' | 'relative';
/** Picked are members; of between the two ends (null: open), of relative the operator, the count and the unit. */
export interface Slicer { id: string; title: string; field: string; op?: Op; kind?: SlicerKind; single?: boolean; default?: Filter | null }
export interface Page {
  id: string; name: string; title: string; subtitle?: string; noun?: string;
  slicers: Slicer[]; filters?: Filter[]; visuals: Visual[];
  cards?: FilterCard[]; hidden?: boolean;
  /** The page has a control for the past. */
  timeTravel?: boolean;
}
/** What a tile follows: a visual of a report, or without one the whole page. */
export interface TileSource { reportId: string; pageId: string; visualId?: string }
/** A tile to be drawn. Without a source it is detached and draws its own visual, which may be a text or a picture. */
export interface Tile {
  id: string; place: Place; source: TileSource | null; visual: Visual; page: Page | null; state: PageState; pageId: string;
  /** In the place of the visual's own, or ''. */
  title: string; subtitle: string;
  /** Show when its data was refreshed. */
  refreshed: boolean; datasetId: string;
  /** Why it cannot be drawn, or ''. */
  missing: string;
}
export interface PinRequest { source: TileSource; state: PageState; detached: boolean; dashboardId: string; name: string }
export interface Pinned { dashboardId: string; name: string; tileId: string }
export interface Selection { visual: string; filters: Filter[] }
export interface PageState {
  slicers?: Record<string, Cell[]>; selection?: Selection | null; asOf?: string; compareWith?: string;
  /** Changed filter cards by "report/ID", "page/ID" or "VISUAL/ID"; an empty list is (All). */
  cards?: Record<string, Filter[]>;
  drill?: Record<string, Drill>;
  sort?: Record<string, Sort[]>;
}
export interface Sort { by: string; descending?: boolean }
/** Where a visual stands in its levels; `path` are the members that were drilled into. */
export interface Drill { level: number; expanded?: boolean; path?: Filter[] }

export interface ReportView {
  id: string; name: string; dataset: DatasetView;
  /** Those that the dataset has data for, hidden ones too. */
  pages: Page[];
  /** On all pages. */
  cards?: FilterCard[] | null;
  /** The other pages, and why the dataset has nothing for them. */
  absent?: AbsentPage[];
  problems?: { pageId: string; visual: string; says: string }[];
}
export interface AbsentPage { id: string; name: string; why: string }
/** What a person decides of a page; its place is its position in the list. */
export interface PageArrangement { id: string; name: string; hidden: boolean }
export interface VisualData {
  id: string; result: Result | null; spark: Result | null;
  follows: '' | 'highlight' | 'filter' | 'none' | 'source'; subtitle: string; fault: Fault | null;
}
/** `more` members are not listed: Reports.Members finds them. A slicer between two ends has the first and the last. */
export interface SlicerData {
  id: string; members: Member[]; more?: number; fault: Fault | null;
  /** What a slicer starts with whose default was found in the data, such as the current sprint; null otherwise. */
  picked?: Cell[] | null;
}
export interface CountedMember extends Member { count: number | null }
export type ColumnType = 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'dateTime';
export interface MembersView { members: CountedMember[]; more: number; type: ColumnType; role?: Role }
export interface PageData {
  generation: number; asOf: string; visuals: VisualData[]; slicers: SlicerData[]; restatement: string; millis: number;
  /** What the page counts under the selection, and in all; null while nothing is selected. */
  part: number | null; whole: number | null;
}
export interface DashboardView {
  id: string; name: string; dataset: DatasetView; tiles: Tile[];
  /** Goes back with a Save. */
  revision: number;
  /** The order in a narrow window, by id. */
  narrow: string[];
}
export interface DashboardData { generation: number; tiles: VisualData[]; pages: Record<string, PageData> }
export interface CSVFile { name: string; text: string }
/** `link` is what the page shall download, when the file is not in its hands already. */
export interface SaveResult { path: string; canceled: boolean; download: boolean; link?: string }
export interface ExportRequest {
  reportId: string; pageId: string; visualId: string; state: PageState; format: 'csv' | 'xlsx'; what: 'summarized' | 'underlying';
  /** Of underlying rows; none are the usual ones. */
  columns: string[];
  /** A byte order mark, which spreadsheets want. */
  mark: boolean;
}
export interface ExportPlan { name: string; rows: number; warning: string; link: string }

// --- rows behind marks, and why a number changed (backend/desktop/items) ---
/** The number of a row, or the name of a commit or a TFVC branch. */
export type ItemKey = number | string;
export interface ItemsAsk {
  /** None are the usual ones of the table. */
  columns: string[];
  /** '' is the usual order of the table. */
  orderBy: string; descending: boolean; after: string; limit: number; search: string;
  /** All behind the mark, not only the part that the selection lights. */
  whole: boolean;
}
export interface ItemsColumn {
  name: string; field: string; type: 'text' | 'integer' | 'number' | 'date' | 'dateTime' | 'boolean'; role: Role; format: string; unit: string; folder: string;
  /** What each row adds to the number. */
  amount: boolean;
  /** Known as it stood at any time, or as it is today. */
  time: 'then' | 'now';
  /** Of texts of the model; a cell then is a position here. */
  members: Member[];
}
export interface ItemsFact { name: string; value: number | null; format: string; unit: string }
export interface ItemsView {
  table: string;
  /** What the mark shows; null for rows that were named. */
  value: ValueInfo | null; number: number | null;
  /** Rows behind the number, and how many of them the search left. */
  count: number; found: number;
  sum: number | null;
  /** Every row adds one, and they are as many as the number says. */
  same: boolean;
  asOf: string;
  /** asOf lies in the past. */
  past: boolean;
  key: string; orderBy: string; descending: boolean; generation: number;
  facts: ItemsFact[]; filters: Filter[]; columns: ItemsColumn[]; keys: ItemKey[]; rows: Cell[][]; next: string;
}
export interface ItemHistory { id: number; title: string; steps: HistoryStep[]; more: boolean }
export interface HistoryStep { rev: number; at: string; by: string; byEmail?: string; changes: { field: string; old?: string; new?: string }[] }
export interface FoundItem { table: string; id?: number; key?: string; text: string; project: string; detail?: string }
export type ChangeKind = 'created' | 'completed' | 'reopened' | 'removed' | 'restored' | 'state' | 'movedIn' | 'movedOut' | 'estimated';
export interface ChangesAsk { visual: string; value: number; by: string }
export interface ItemChange { id: number; title: string; before: number | null; after: number | null; was?: string; is?: string }
export interface ChangePart { kind: ChangeKind; field: string; delta: number; count: number; items: ItemChange[] }
export interface ChangeChoice { visual: string; value: number; name: string; title: string }
export interface ChangesView {
  value: ValueInfo; from: string; to: string; before: number | null; after: number | null; parts: ChangePart[];
  by: { field: string; name: string; rows: { member: Member; before: number | null; after: number | null }[] };
  choices: ChangeChoice[]; visual: string; index: number; filters: Filter[]; notes: string[]; generation: number;
}
/** Which days there are to travel to. Days are those of the dataset's zone. */
export interface Span { first: string; last: string; changes: number[]; sprints: { name: string; first: string; last: string }[]; /** 0 is Sunday. */ weekStart: number; generation: number }
