import { FluentProvider } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SigningInProvider } from '../../backend/signingIn';
import { refusal, startTestHost } from '../../backend/testHost';
import type { ConnectRequest, Content, DatasetView, ProgressView, ProofRow, ProofView, RunView, ScheduleView } from '../../backend/types';
import { DatasetScreen } from './DatasetScreen';

// Asking the computed style of every ancestor for every role takes most of the time of these tests.
configure({ defaultHidden: true, asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 30_000 });

const everything: Content[] = ['workItems', 'git', 'pullRequests', 'pipelines', 'tests', 'tfvc'];
const run = (r: Partial<RunView>): RunView => ({
  type: 'scheduled', started: '2026-11-18T09:38:00Z', ended: '2026-11-18T09:38:41Z', status: 'succeeded', message: '', rows: 250, requests: 96, bytes: 1_800_000,
  waited: 0, slowed: false, changes: {}, added: 38, changed: 212, deleted: 0, parked: [], skipped: [], ...r,
});
const proofRow = (r: Partial<ProofRow>): ProofRow => ({ entity: 'workItems', name: 'Work items', server: 10, held: 10, known: true, kept: 0, missing: 0, state: 'equal', note: '', ...r });

let d: DatasetView;
let asked: Partial<ConnectRequest>[];
let runs: RunView[];
let proof: ProofView;
let progress: Pick<ProgressView, 'datasetId' | 'state' | 'percent'>;

beforeEach(() => {
  window.history.replaceState(null, '', '#/dataset/s1');
  d = {
    id: 's1', name: 'harborline / Harbor*', organization: 'harborline', url: 'https://dev.azure.com/harborline', patterns: ['Harbor*'], person: 'Mira Okafor',
    address: 'mira@harborline.example', sample: false, timeZone: 'UTC', lastRefresh: '2026-11-18T09:38:41Z', nextRefresh: '', lastError: '', state: 'ready',
    generation: 1, workItems: 14919, revisions: 186661, bytes: 412e6, reportId: 'r1', dashboardId: 'd1', contents: everything, historyMonths: 0,
    file: 'harborline-harbor.sqlite', server: false, identityId: 'i', accountKey: 'harborline/mira', signIn: 'signedIn', signInSentence: '', matched: 4, gone: [],
    schedule: { mode: 'interval', everyMinutes: 1440, times: [], atStart: false, catchUp: true, next: '2099-01-01T00:00:00Z', paused: '', failures: 0 },
  };
  asked = [];
  runs = [run({})];
  progress = { datasetId: 's1', state: 'idle', percent: 0 };
  proof = { checked: '', person: '', organization: 'harborline', rows: [], notes: [], requests: 0 };
});
afterEach(cleanup);

function show() {
  const change = (more: Partial<DatasetView>) => (d = { ...d, ...more });
  const host = startTestHost({
    'Datasets.Dataset': () => d,
    'Refreshes.History': () => runs,
    'Refreshes.Progress': () => progress,
    'Refreshes.Start': () => (progress = { ...progress, state: 'running', percent: 45.2 }),
    'Datasets.Proof': () => proof,
    'Shell.Timer': () => ({ supported: true, kind: 'systemd user timer', on: false, everyMinutes: 15, entries: [], detail: '', fault: null }),
    'Datasets.SetSchedule': (_: string, schedule: ScheduleView) => change({ schedule }),
    'Datasets.SetContents': (_: string, contents: Content[], historyMonths: number) => change({ contents, historyMonths }),
    'Datasets.SetPatterns': (_: string, patterns: string[]) => change({ patterns }),
    'Datasets.Reveal': () => undefined,
    'Datasets.FullReload': () => ({ datasetId: 's1', state: 'running' }),
    'GetData.CheckPatterns': (texts: string[]) => texts.map((text) => ({ text, ok: true, suggestion: '', fault: null })),
    'GetData.Defaults': () => ({
      clientId: '', permissions: [], contents: everything.map((content) => ({ content, name: `Load ${content}`, sentence: '', on: true })),
      historyChoices: [{ months: 12, label: '1 year' }, { months: 24, label: '2 years' }],
    }),
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } })}>
      <FluentProvider>
        <SigningInProvider value={(request) => asked.push(request)}>
          <DatasetScreen id="s1" documents={{ dashboards: [], reports: [] }} />
        </SigningInProvider>
      </FluentProvider>
    </QueryClientProvider>,
  );
  const called = (name: string) => host.calls.filter(([n]) => n === name).map(([, ...args]) => args);
  return { user: userEvent.setup({ delay: null }), host, called };
}

const card = async (name: string) => within(await screen.findByRole('region', { name }));

describe('the card of the connection', () => {
  it('says as whom, what, and which projects are gone', async () => {
    d = { ...d, gone: ['Harbor-Old'], contents: ['workItems', 'git'], historyMonths: 12 };
    show();
    const connection = await card('Connected as');
    expect(connection.getByText('Mira Okafor')).toBeTruthy();
    expect(connection.getByText('4 match today')).toBeTruthy();
    expect(connection.getByText('Gone on the server, kept here: Harbor-Old')).toBeTruthy();
    expect(connection.getByText('Work items, Git; back 1 year')).toBeTruthy();
    expect(connection.getByText('harborline-harbor.sqlite, 412 MB')).toBeTruthy();
  });

  it('whose sign-in ended says why and is signed in again as its person, who alone is expected', async () => {
    d = { ...d, signIn: 'ended', signInSentence: 'The directory wants a new sign-in after 90 days.' };
    const { user } = show();
    const connection = await card('Connected as');
    expect(connection.getByText('Sign-in ended')).toBeTruthy();
    expect(connection.getByText('The directory wants a new sign-in after 90 days.')).toBeTruthy();
    await user.click(connection.getByRole('button', { name: 'Sign in again' }));
    expect(asked).toEqual([{ purpose: 'connection', datasetId: 's1' }]);
  });

  it('moves to another account only when that is asked for', async () => {
    const { user } = show();
    const connection = await card('Connected as');
    expect(connection.getByText('Signed in')).toBeTruthy();
    expect(connection.queryByRole('button', { name: 'Sign in again' })).toBeNull();
    await user.click(connection.getByRole('button', { name: 'Use another account' }));
    expect(asked).toEqual([{ purpose: 'connection', datasetId: 's1', switch: true }]);
  });

  it('of the sample has nobody to sign in', async () => {
    d = { ...d, sample: true, accountKey: '', signIn: 'none', person: '' };
    show();
    const connection = await card('Connected as');
    expect(connection.queryByRole('button', { name: /account|Sign in/ })).toBeNull();
  });

  it('changes the parameters that differ, and only them', async () => {
    const { user, called } = show();
    await user.click((await card('Connected as')).getByRole('button', { name: 'Edit parameters' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(await dialog.findByRole('checkbox', { name: 'Load tfvc' }));
    await user.selectOptions(dialog.getByRole('combobox', { name: 'History' }), '1 year');
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(called('Datasets.SetContents')).toEqual([['s1', everything.slice(0, 5), 12]]));
    expect(called('Datasets.SetPatterns')).toEqual([]);
    expect(await screen.findByText('Saved. It takes effect at the next refresh.')).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('does not save without anything to load', async () => {
    d = { ...d, contents: ['git'] };
    const { user } = show();
    await user.click((await card('Connected as')).getByRole('button', { name: 'Edit parameters' }));
    await user.click(await screen.findByRole('checkbox', { name: 'Load git' }));
    expect(await screen.findByText('Tick at least one.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(true);
  });

  it('says why the file cannot be shown', async () => {
    const { user, host } = show();
    host.answer({ 'Datasets.Reveal': () => Promise.reject(refusal('not_found', 'There is no file manager here.')) });
    await user.click((await card('Connected as')).getByRole('button', { name: 'Show file' }));
    expect(await screen.findByText('There is no file manager here.')).toBeTruthy();
  });
});

describe('the schedule', () => {
  it('is chosen with one press and kept by the program', async () => {
    const { user, called } = show();
    const schedule = await card('Schedule');
    expect(schedule.getByRole('radio', { name: '24 h' })).toHaveProperty('checked', true);
    await user.click(schedule.getByRole('radio', { name: '4 h' }));
    await waitFor(() => expect(called('Datasets.SetSchedule')).toEqual([['s1', expect.objectContaining({ mode: 'interval', everyMinutes: 240 })]]));
    await user.click(schedule.getByRole('checkbox', { name: 'When Sightline starts, if older than 4 hours' }));
    await waitFor(() => expect(d.schedule.atStart).toBe(true));
    await user.click(schedule.getByRole('switch', { name: 'Refresh by itself' }));
    expect(await schedule.findByText('Only when you ask for it')).toBeTruthy();
  });

  it('takes fixed times as they are typed, in their order', async () => {
    const { user } = show();
    const schedule = await card('Schedule');
    await user.click(schedule.getByRole('radio', { name: 'Fixed times' }));
    const first = await schedule.findByRole('textbox', { name: 'Time 1' });
    await user.clear(first);
    await user.type(first, '1630{Enter}');
    await waitFor(() => expect(d.schedule.times).toEqual(['16:30']));
    await user.click(schedule.getByRole('button', { name: 'Add a time' }));
    await waitFor(() => expect(d.schedule.times).toEqual(['16:30', '17:00']));
    await user.click(await schedule.findByRole('button', { name: 'Remove 16:30' }));
    await waitFor(() => expect(d.schedule.times).toEqual(['17:00']));
    const last = schedule.getByRole('textbox', { name: 'Time 1' });
    await user.clear(last);
    await user.type(last, 'noon{Enter}');
    expect(last.getAttribute('aria-invalid')).toBe('true');
    expect(d.schedule.times).toEqual(['17:00']);
  });

  it('that was refused goes back and says why', async () => {
    const { user, host } = show();
    host.answer({ 'Datasets.SetSchedule': () => Promise.reject(refusal('conflict', 'Another Sightline has it open.')) });
    const schedule = await card('Schedule');
    await user.click(schedule.getByRole('radio', { name: '1 h' }));
    expect((await schedule.findByRole('alert')).textContent).toContain('Another Sightline has it open.');
    expect(schedule.getByRole('radio', { name: '24 h' })).toHaveProperty('checked', true);
  });

  it('that waits after failures says why', async () => {
    d = { ...d, schedule: { ...d.schedule, paused: '3 failures in a row; next try 14:10', failures: 3 } };
    show();
    expect((await card('Schedule')).getByText('3 failures in a row; next try 14:10')).toBeTruthy();
  });
});

describe('the refresh history', () => {
  it('opens a row to all that is known of it', async () => {
    runs = [
      run({
        changes: { builds: { added: 0, changed: 182, deleted: 0 }, workItems: { added: 14, changed: 30, deleted: 1 }, links: { added: 0, changed: 0, deleted: 0 } },
        waited: 64, slowed: true, skipped: [{ project: 'Harbor-Data', what: 'Test runs', why: '<i>No right</i> to them.' }],
      }),
    ];
    const { user } = show();
    const history = await card('Refresh history');
    expect(await history.findByText('Completed, slowed')).toBeTruthy();
    await user.click(history.getByRole('button', { name: /^Details of/ }));
    const rows = history.getAllByRole('row').map((r) => r.textContent);
    expect(rows.filter((text) => /^(Work items|Pipeline runs|Work item links)\d/.test(text ?? ''))).toEqual(['Work items14301', 'Pipeline runs01820']);
    expect(history.getByText('1.8 MB')).toBeTruthy();
    expect(history.getByText('Test runs of Harbor-Data: <i>No right</i> to them.')).toBeTruthy();
  });

  it('shows the first dozen, then all', async () => {
    runs = Array.from({ length: 20 }, (_, i) => run({ started: `2026-11-${String(28 - i).padStart(2, '0')}T09:38:00Z` }));
    const { user } = show();
    const history = await card('Refresh history');
    await waitFor(() => expect(history.getAllByRole('row')).toHaveLength(13));
    await user.click(history.getByRole('button', { name: 'Show all 20' }));
    expect(history.getAllByRole('row')).toHaveLength(21);
  });

  it('is saved as a file', async () => {
    const { user, host, called } = show();
    host.answer({ 'Shell.Save': () => ({ path: '/home/mira/history.csv', canceled: false, download: false }) });
    await user.click(await (await card('Refresh history')).findByRole('button', { name: 'Export the refresh history' }));
    expect(await screen.findByText('Saved as /home/mira/history.csv')).toBeTruthy();
    expect(called('Shell.Save')[0]).toEqual([expect.objectContaining({ name: 'harborline-Harbor-refresh-history.csv' })]);
  });
});

describe('the proof of load', () => {
  it('asks the server when it is told to, and shows what it found', async () => {
    const { user, host } = show();
    const shown = await card('Proof of load');
    expect(await shown.findByText(/Sightline holds 14,919 work items with 186,661 revisions/)).toBeTruthy();
    let answer: (p: ProofView) => void = () => undefined;
    host.answer({ 'Datasets.Verify': () => new Promise<ProofView>((resolve) => { answer = resolve; }) });
    await user.click(shown.getByRole('button', { name: 'Check now' }));
    expect((await shown.findByRole('status')).textContent).toBe('Asking the server');
    answer({
      ...proof, checked: '2026-11-18T09:40:00Z', person: 'Mira Okafor', requests: 96, notes: ['84 runs are gone from the server.'],
      rows: [
        proofRow({ entity: 'teams', name: 'Teams' }),
        proofRow({ entity: 'areas', name: 'Areas', server: 31, held: 30, missing: 1, state: 'missing' }),
        proofRow({ server: 14919, held: 14919 }),
        proofRow({ entity: 'builds', name: 'Pipeline runs', server: 22618, held: 22702, kept: 84, state: 'kept' }),
        proofRow({ entity: 'links', name: 'Work item links', server: 3753, held: 3755, state: 'more' }),
        proofRow({ entity: 'testRuns', name: 'Test runs', server: 8412, held: 8400, missing: 12, state: 'missing' }),
        proofRow({ entity: 'changesets', name: 'TFVC changesets', known: false, held: 0, state: 'unknown' }),
      ],
    });
    await shown.findByRole('table');
    expect(shown.getAllByRole('row').slice(1).map((r) => r.textContent)).toEqual([
      'Areas31301 missing', 'Work items14,91914,919Equal', 'Pipeline runs22,61822,70284 kept here', 'Work item links3,7533,7552 more here', 'Test runs8,4128,40012 missing', 'TFVC changesets–0Not asked',
    ]);
    await user.click(shown.getByRole('button', { name: 'Show 1 more, all equal' }));
    expect(shown.getAllByRole('row')[1]?.textContent).toBe('Teams1010Equal');
    expect(shown.getByText('Asked with 96 requests, all answered as Mira Okafor.')).toBeTruthy();
    expect(shown.getByText('84 runs are gone from the server.')).toBeTruthy();
  });

  it('says why the server could not be asked', async () => {
    const { user, host } = show();
    host.answer({ 'Datasets.Verify': () => Promise.reject(refusal('offline', 'dev.azure.com cannot be reached.', 'Check the network.')) });
    const shown = await card('Proof of load');
    await user.click(shown.getByRole('button', { name: 'Check now' }));
    expect((await shown.findByRole('alert')).textContent).toBe('dev.azure.com cannot be reached. Check the network.');
  });
});

describe('the bar', () => {
  it('refreshes beside everything else', async () => {
    const { user, called } = show();
    await user.click(await screen.findByRole('button', { name: 'Refresh now' }));
    expect(await screen.findByText('Refreshing, 45%')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'See the load' })).toBeTruthy();
    await waitFor(() => expect(called('Refreshes.History')).toHaveLength(2));
    expect(window.location.hash).toBe('#/dataset/s1');
  });

  it('goes to the screen of a first load that goes on', async () => {
    d = { ...d, lastRefresh: '', state: 'paused' };
    const { user } = show();
    await user.click(await screen.findByRole('button', { name: 'Continue loading' }));
    await waitFor(() => expect(window.location.hash).toBe('#/loading/s1'));
  });
});

describe('the menu', () => {
  it('loads everything again only after it asked', async () => {
    const { user, called } = show();
    await user.click(await screen.findByRole('button', { name: 'More options' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Reload everything' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(called('Datasets.FullReload')).toEqual([]);
    await user.click(dialog.getByRole('button', { name: 'Reload everything' }));
    await waitFor(() => expect(window.location.hash).toBe('#/loading/s1'));
    expect(called('Datasets.FullReload')).toEqual([['s1']]);
  });
});
