import { FluentProvider } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SigningInProvider } from '../../backend/signingIn';
import { startTestHost } from '../../backend/testHost';
import type { ConnectRequest, ProgressView } from '../../backend/types';
import { LoadingScreen } from './LoadingScreen';

// Asking the computed style of every ancestor for every role takes most of the time of these tests.
configure({ defaultHidden: true, asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 30_000 });

let p: ProgressView;
let asked: Partial<ConnectRequest>[];
const change = (more: Partial<ProgressView>) => (p = { ...p, ...more });

beforeEach(() => {
  asked = [];
  window.history.replaceState(null, '', '#/loading/s1');
  p = {
    datasetId: 's1', name: 'harborline / Harbor*', organization: 'harborline', person: 'Mira Okafor', state: 'running', percent: 41.9,
    phases: [{ phase: 'history', state: 'running', done: 50, expected: 100, rate: 12, elapsed: 4 }],
    rows: 50, rowRate: 12, requests: 3, elapsed: 4, left: 4, waited: 0, waitLeft: 0, waitWhy: '', firstLook: false, projects: ['a'],
    bytes: 0, retries: 0, parked: [], skipped: [], type: 'first',
    log: [{ at: '2026-11-18T09:31:07Z', text: 'history: page 2' }], fault: null, dashboardId: 'd1', reportId: 'r1',
  };
});
afterEach(cleanup);

function show() {
  const host = startTestHost({
    'Refreshes.Progress': () => p,
    'Refreshes.Pause': () => change({ state: 'paused' }),
    'Refreshes.Resume': () => change({ state: 'running', fault: null }),
    'Refreshes.Cancel': () => change({ state: 'canceled' }),
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <FluentProvider>
        <SigningInProvider value={(request) => asked.push(request)}>
          <LoadingScreen id="s1" />
        </SigningInProvider>
      </FluentProvider>
    </QueryClientProvider>,
  );
  return { user: userEvent.setup({ delay: null }), host, client };
}

const button = (name: string) => screen.findByRole('button', { name });

describe('a load', () => {
  it('that is under way when the screen opens is shown where it is', async () => {
    show();
    expect(await screen.findByRole('heading', { name: 'Loading harborline' })).toBeTruthy();
    expect(screen.getByRole('progressbar', { name: 'Progress of the load' }).getAttribute('aria-valuenow')).toBe('42');
    expect(screen.getByText('50 of 100')).toBeTruthy();
    expect(screen.queryByText('The report can be opened now')).toBeNull();
  });

  it('pauses, goes on and stops', async () => {
    const { user } = show();
    await user.click(await button('Pause'));
    await user.click(await button('Resume'));
    await user.click(await button('Cancel'));
    expect(await screen.findByRole('heading', { name: 'harborline was stopped' })).toBeTruthy();
    expect(await button('Continue')).toBeTruthy();
  });

  it('offers the report at the first look', async () => {
    change({ firstLook: true });
    const { user } = show();
    await user.click(await button('Open the report'));
    expect(window.location.hash).toBe('#/report/r1');
  });

  it('says how long the server makes it wait', async () => {
    change({ waitLeft: 18, waitWhy: 'Azure DevOps asked us to slow down.' });
    show();
    expect(await screen.findByText('Waiting 18 s.')).toBeTruthy();
  });

  it('lists what was put off, and what may not be read when asked', async () => {
    change({
      parked: [{ project: 'Harbor-Web', what: 'Pull requests', why: 'The server answered <503>.' }],
      skipped: [{ project: 'Harbor-Data', what: 'Test runs', why: 'No right.' }, { project: '', what: 'Process', why: 'No right.' }],
    });
    const { user } = show();
    expect(await screen.findByText('Pull requests of Harbor-Web')).toBeTruthy();
    expect(screen.getByText('The server answered <503>.')).toBeTruthy();
    const list = await button('2 things may not be read');
    expect(list.getAttribute('aria-expanded')).toBe('false');
    await user.click(list);
    expect(list.getAttribute('aria-expanded')).toBe('true');
    expect(screen.getByText('Test runs of Harbor-Data')).toBeTruthy();
    expect(screen.getByText('Process')).toBeTruthy();
  });

  it('that is a refresh or a full reload says so', async () => {
    change({ type: 'onDemand' });
    show();
    expect(await screen.findByRole('heading', { name: 'Refreshing harborline' })).toBeTruthy();
    cleanup();
    change({ type: 'full' });
    show();
    expect(await screen.findByRole('heading', { name: 'Loading harborline again, in full' })).toBeTruthy();
  });

  it('that failed names the cause and is tried again', async () => {
    change({ state: 'failed', fault: { code: 'offline', message: 'dev.azure.com cannot be reached.', hint: 'Check the network.', facts: [], actions: [] } });
    const { user, host } = show();
    expect(await screen.findByRole('alert')).toHaveProperty('textContent', expect.stringContaining('dev.azure.com cannot be reached.'));
    await user.click(await button('Try again'));
    expect(host.calls).toContainEqual(['Refreshes.Resume', 's1']);
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });

  it('that was refused for its account offers another one first', async () => {
    change({ state: 'failed', fault: { code: 'identity_changed', message: 'An answer came as somebody else.', hint: '', facts: [], actions: [] } });
    const { user } = show();
    const another = await button('Use another account');
    expect(another.className).toContain('sl-primary');
    await user.click(another);
    expect(asked).toEqual([{ purpose: 'connection', datasetId: 's1', switch: true }]);
  });

  it('whose sign-in ended is signed in again as its person, by the way the program names', async () => {
    change({ state: 'failed', fault: { code: 'conditional_access', message: 'A policy refused.', hint: '', facts: [], actions: ['normalBrowser', 'signInAgain'] } });
    const { user } = show();
    expect((await button('Use your normal browser')).className).toContain('sl-primary');
    await user.click(await button('Use your normal browser'));
    await user.click(await button('Sign in again as Mira Okafor'));
    expect(asked).toEqual([{ purpose: 'connection', datasetId: 's1', rung: 'system' }, { purpose: 'connection', datasetId: 's1' }]);
  });

  it('that was watched to its end lands on the dashboard', async () => {
    const { client } = show();
    await screen.findByRole('heading', { name: 'Loading harborline' });
    change({ state: 'succeeded', percent: 100 });
    await client.invalidateQueries();
    await waitFor(() => expect(window.location.hash).toBe('#/dashboard/d1'), { timeout: 6_000 });
  });

  it('that had ended before stays on screen', async () => {
    change({ state: 'succeeded', percent: 100, firstLook: true });
    show();
    expect(await button('Open the dashboard')).toBeTruthy();
    await new Promise((done) => setTimeout(done, 1700));
    expect(window.location.hash).toBe('#/loading/s1');
  });
});
