import { act, cleanup, configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refusal, startTestHost } from '../backend/testHost';
import type { AccountConnection, AccountView, KeepingView, NavItem, NoticeView, ShellView, TimerView } from '../backend/types';
import { App } from './App';

// Asking the computed style of every ancestor for every role takes most of the time of these tests.
configure({ defaultHidden: true, asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 30_000 });

const item = (id: string, name: string, datasetId: string, more: Partial<NavItem> = {}): NavItem => ({ id, name, datasetId, new: false, state: 'ready', percent: 100, ...more });
const account = (key: string, name: string, address: string, ...connections: string[]): AccountView => ({
  key, name, address, directory: 'Harborline', kind: 'work', state: 'signedIn', sentence: '', inUse: false,
  connections: connections.map((of): AccountConnection => ({ datasetId: of, name: of, organization: 'harborline', state: 'signedIn', bytes: 1 })),
});
const keeping: KeepingView = { mode: 'keyring', locked: false, passphrase: false, sentence: '' };
let state: ShellView;
let host: ReturnType<typeof startTestHost>;
let notices: NoticeView[];
let timer: TimerView;

beforeEach(() => {
  notices = [];
  timer = { supported: true, kind: 'systemd user timer', on: false, everyMinutes: 15, entries: [], detail: '', fault: null };
  window.history.replaceState(null, '', '#/home');
  state = {
    version: '9.9', face: 'serve', theme: 'light', background: false, notifications: 'failed', accounts: [],
    dashboards: [item('d1', 'harborline / Harbor*', 's1'), item('d2', 'sample / *', 's2')],
    reports: [item('r1', 'harborline / Harbor*', 's1')],
    datasets: [item('s1', 'harborline / Harbor*', 's1', { new: true }), item('s2', 'sample / *', 's2')],
  };
  host = startTestHost({
    'Shell.State': () => state,
    'Shell.SetTheme': () => undefined,
    'Shell.SetWatched': () => undefined,
    'Shell.MarkOpened': () => undefined,
    'Accounts.List': () => ({ accounts: state.accounts, without: [], keeping }),
    'Accounts.Keeping': () => keeping,
    'GetData.Defaults': () => ({ clientId: '', permissions: [], contents: [], historyChoices: [] }),
    'Shell.Rename': () => undefined,
    'Datasets.Dataset': () => Promise.reject(refusal('not_found', 'Not needed here.')),
    'Datasets.Delete': () => undefined,
    'Refreshes.History': () => [],
    'Shell.Notices': () => notices,
    'Shell.SeeNotices': () => undefined,
    'Shell.Timer': () => timer,
    'Shell.SetBackground': (on: boolean) => { state = { ...state, background: on }; },
    'Shell.Quit': () => undefined,
    'Shell.SetTimer': (on: boolean) => (timer = { ...timer, on, entries: on ? ['sightline-refresh.timer'] : [] }),
  });
});
afterEach(cleanup);

async function start() {
  const user = userEvent.setup({ delay: null });
  render(<App />);
  await screen.findByRole('navigation', { name: 'Navigation' });
  return user;
}
const nav = () => within(screen.getByRole('navigation', { name: 'Navigation' }));

describe('the navigation', () => {
  it('is found with Ctrl+F and shows only what matches', async () => {
    const user = await start();
    await user.keyboard('{Control>}f{/Control}');
    expect(document.activeElement).toBe(screen.getByRole('searchbox'));
    await user.keyboard('samp');
    expect(nav().getAllByRole('link').map((a) => a.textContent)).toEqual(['sample / *', 'sample / *', 'Get Data']);
    expect(nav().getByText('No match')).toBeTruthy();
  });

  it('takes the asterisk away when an item is opened', async () => {
    const user = await start();
    const datasets = within(nav().getByRole('list', { name: 'Datasets' }));
    expect(datasets.getByRole('img', { name: 'new' })).toBeTruthy();
    await user.click(datasets.getByRole('link', { name: /harborline/ }));
    await waitFor(() => expect(host.calls).toContainEqual(['Shell.MarkOpened', 'dataset', 's1']));
    state = { ...state, datasets: state.datasets.map((d) => ({ ...d, new: false })) };
    act(() => host.emit('workspace:changed'));
    await waitFor(() => expect(datasets.queryByRole('img', { name: 'new' })).toBeNull());
    expect(datasets.getByRole('link', { name: /harborline/ }).getAttribute('aria-current')).toBe('page');
  });

  it('renames an item', async () => {
    const user = await start();
    await user.click(within(nav().getByRole('list', { name: 'Dashboards' })).getByRole('button', { name: 'More options for sample / *' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Rename' }));
    const name = await screen.findByRole('textbox', { name: 'Name' });
    await user.clear(name);
    await user.type(name, 'Play{Enter}');
    await waitFor(() => expect(host.calls).toContainEqual(['Shell.Rename', 'dashboard', 'd2', 'Play']));
  });

  it('lists what goes with a dataset before it deletes it, and keeps it on Esc', async () => {
    const user = await start();
    const remove = async () => {
      await user.click(within(nav().getByRole('list', { name: 'Datasets' })).getByRole('button', { name: /More options for harborline/ }));
      await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
      return within(await screen.findByRole('alertdialog'));
    };
    const dialog = await remove();
    expect(dialog.getAllByText('harborline / Harbor*')).toHaveLength(2);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(host.calls.some(([name]) => name === 'Datasets.Delete')).toBe(false);
    await user.click((await remove()).getByRole('button', { name: 'Delete the dataset' }));
    await waitFor(() => expect(host.calls).toContainEqual(['Datasets.Delete', 's1']));
  });
});

describe('the bar', () => {
  it('shows the chosen theme at once', async () => {
    const user = await start();
    expect(document.documentElement.dataset.theme).toBe('light');
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    state = { ...state, theme: 'dark' };
    await user.click(await screen.findByRole('menuitemradio', { name: 'Dark' }));
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(host.calls).toContainEqual(['Shell.SetTheme', 'dark']);
  });

  it('shows whose dataset is on screen, else who is in use', async () => {
    state = { ...state, accounts: [account('a', 'Mira Okafor', 'mira@harborline.example', 's1'), { ...account('b', 'Priya Nair', 'priya@quayside.example', 's2'), inUse: true }] };
    await start();
    expect(await screen.findByRole('button', { name: 'Account of Priya Nair' })).toBeTruthy();
    act(() => { window.location.hash = '#/dataset/s1'; });
    expect(await screen.findByRole('button', { name: 'Account of Mira Okafor' })).toBeTruthy();
  });
});

describe('signing in', () => {
  it('begins in the bar while nobody is signed in, without a new dataset', async () => {
    const user = await start();
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByRole('dialog')).toBeTruthy();
    expect(window.location.hash).toBe('#/home');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});

describe('the help', () => {
  it('leads to the guide of the registration', async () => {
    const user = await start();
    await user.click(screen.getByRole('button', { name: 'Help' }));
    await user.click(await screen.findByRole('menuitem', { name: 'How to register Sightline' }));
    expect(await screen.findByRole('heading', { name: 'Register Sightline in your directory' })).toBeTruthy();
    expect(screen.getAllByRole('img', { name: /is marked|are marked/ }).length).toBeGreaterThan(4);
  });
});

describe('the bell', () => {
  const notice = (id: string, more: Partial<NoticeView>): NoticeView => ({
    id, datasetId: 's1', kind: 'refreshed', title: 'harborline is refreshed', text: '38 rows added.', at: '2026-11-18T09:38:00Z', seen: false, ...more,
  });

  it('counts what is new, lists it, and has seen it then', async () => {
    notices = [notice('1', {}), notice('2', { kind: 'failed', title: 'Sample could not be refreshed', text: '<b>The disk is full.</b>' }), notice('3', { seen: true })];
    const user = await start();
    await user.click(await screen.findByRole('button', { name: 'Notifications, 2 new' }));
    const list = within(await screen.findByRole('list', { name: 'Notifications' }));
    expect(list.getAllByRole('link')).toHaveLength(3);
    expect(list.getByText('<b>The disk is full.</b>')).toBeTruthy();
    expect(host.calls).toContainEqual(['Shell.SeeNotices']);
    notices = notices.map((n) => ({ ...n, seen: true }));
    await user.click(list.getByRole('link', { name: /Sample could not be refreshed/ }));
    expect(window.location.hash).toBe('#/dataset/s1');
    expect(await screen.findByRole('button', { name: 'Notifications' })).toBeTruthy();
  });

  it('hears of a new one', async () => {
    await start();
    notices = [notice('1', {})];
    act(() => host.emit('notice', notices[0]));
    expect(await screen.findByRole('button', { name: 'Notifications, 1 new' })).toBeTruthy();
  });
});

describe('the settings', () => {
  it('write and remove the timer of the system, and say what was written', async () => {
    const user = await start();
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    await user.click(await screen.findByRole('menuitem', { name: 'All settings' }));
    const toggle = await screen.findByRole('switch', { name: 'Refresh while Sightline is closed' });
    expect(screen.getByText(/Nothing is written on this computer/)).toBeTruthy();
    await user.click(toggle);
    expect(await screen.findByText('sightline-refresh.timer')).toBeTruthy();
    expect(screen.getByText(/A systemd user timer starts Sightline every 15 min/)).toBeTruthy();
    await user.click(toggle);
    await waitFor(() => expect(screen.queryByText('sightline-refresh.timer')).toBeNull());
    expect(host.calls.filter(([name]) => name === 'Shell.SetTimer')).toEqual([['Shell.SetTimer', true], ['Shell.SetTimer', false]]);
  });

  it('let the window go to the background, where there is one', async () => {
    state = { ...state, face: 'window' };
    const user = await start();
    act(() => { window.location.hash = '#/settings'; });
    const toggle = await screen.findByRole('switch', { name: 'Keep refreshing in the background when the window is closed' });
    expect(toggle).toHaveProperty('checked', false);
    await user.click(toggle);
    await waitFor(() => expect(toggle).toHaveProperty('checked', true));
    await waitFor(() => expect(toggle).toHaveProperty('disabled', false));
    expect(host.calls).toContainEqual(['Shell.SetBackground', true]);
    expect(screen.getByText(/Start Sightline again to bring it back/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Quit Sightline' }));
    await waitFor(() => expect(host.calls).toContainEqual(['Shell.Quit']));
  });

  it('offer neither the background nor the end in a browser, which has its own window', async () => {
    const user = await start();
    act(() => { window.location.hash = '#/settings'; });
    await screen.findByRole('switch', { name: 'Refresh while Sightline is closed' });
    expect(screen.queryByRole('switch', { name: /in the background/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    await screen.findByRole('menuitem', { name: 'All settings' });
    expect(screen.queryByRole('menuitem', { name: 'Quit Sightline' })).toBeNull();
  });

  it('say why the timer could not be written', async () => {
    host.answer({ 'Shell.SetTimer': () => Promise.reject(refusal('read_only', 'The folder of systemd cannot be written.')) });
    const user = await start();
    act(() => { window.location.hash = '#/settings'; });
    await user.click(await screen.findByRole('switch', { name: 'Refresh while Sightline is closed' }));
    expect((await screen.findByRole('alert')).textContent).toContain('The folder of systemd cannot be written.');
    expect(screen.getByRole('switch', { name: 'Refresh while Sightline is closed' })).toHaveProperty('checked', false);
  });
});

describe('the start', () => {
  it('shows the one thing to do while there is nothing', async () => {
    window.history.replaceState(null, '', '#/');
    state = { ...state, dashboards: [], reports: [], datasets: [] };
    await start();
    expect(await screen.findByRole('heading', { name: 'See the work behind your Azure DevOps' })).toBeTruthy();
    expect(window.location.hash).toBe('#/home');
  });

  it('says why the program could not open, and tries again', async () => {
    host.answer({ 'Shell.State': () => Promise.reject(refusal('newer_file', 'This data folder was written by a newer Sightline.', 'Update Sightline.')) });
    const user = userEvent.setup({ delay: null });
    render(<App />);
    expect((await screen.findByRole('alert')).textContent).toContain('written by a newer Sightline');
    host.answer({ 'Shell.State': () => state });
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('navigation', { name: 'Navigation' })).toBeTruthy();
  });
});
