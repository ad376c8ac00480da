import { FluentProvider } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SigningInProvider } from '../../backend/signingIn';
import { refusal, startTestHost } from '../../backend/testHost';
import type { ConnectRequest, DashboardData, SignInState, Tile, VisualType } from '../../backend/types';
import { DashboardScreen } from './DashboardScreen';
import { gridRows, leastHeight, narrowOrder, tilePlace } from './layout';

configure({ defaultHidden: true, asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 30_000 });
afterEach(cleanup);

const tile = (id: string, title: string, type: VisualType, x: number, y: number): Tile => ({
  id, pageId: 'open-bug-status', place: { x, y, w: 1, h: 1 }, source: null, page: null, state: {}, title: '', subtitle: '', refreshed: false, datasetId: 'ds', missing: '',
  visual: { id, type, title, subtitle: 'Open on {asOf}', place: { x: 0, y: 0, w: 1, h: 1 }, query: { values: [] }, options: {} },
});
const tiles = [tile('active', 'Active bugs', 'card', 0, 0), tile('blank', 'Not estimated', 'card', 1, 0), tile('broken', 'By priority', 'bar', 0, 1)];
const result = (n: number | null) => ({
  dimensions: [], rowGroups: 0, values: [{ name: 'Open bugs', format: 'integer', additive: true, direction: 'upIsWorse' as const }], rows: [],
  total: { keys: [], values: [n] }, asOf: '2026-11-18T09:38:00Z', timeZone: 'UTC', generation: 1,
});
const data: DashboardData = {
  generation: 1,
  pages: {},
  tiles: [
    { id: 'active', result: result(126), spark: null, follows: '', subtitle: 'Open on 18 Nov', fault: null },
    { id: 'blank', result: result(null), spark: null, follows: '', subtitle: '', fault: null },
    { id: 'broken', result: null, spark: null, follows: '', subtitle: '', fault: { code: 'invalid', message: 'There is no column Priority.', hint: 'Reset the tile.', facts: [], actions: [] } },
  ],
};
const dataset = {
  id: 'ds', name: 'harborline', organization: 'harborline', url: '', patterns: [], person: 'Mira Okafor', address: '', sample: false, timeZone: 'UTC',
  lastRefresh: '2026-11-18T09:38:00Z', nextRefresh: '', lastError: '', state: 'ready', generation: 1, workItems: 0, revisions: 0, bytes: 0, reportId: 'r1', dashboardId: 'd1',
};

let asked: Partial<ConnectRequest>[] = [];

function show(state = 'ready', more: { signIn?: SignInState } = {}) {
  asked = [];
  const host = startTestHost({
    'Dashboards.Dashboard': () => ({ id: 'd1', name: 'harborline', dataset: { ...dataset, state, ...more }, tiles, revision: 0, narrow: [] }),
    'Dashboards.Data': () => data,
    'Dashboards.TileCSV': () => ({ name: 'Active bugs.csv', text: 'a' }),
    'Refreshes.Progress': () => ({ datasetId: 'ds', state: 'idle', percent: 100 }),
    'Refreshes.Start': () => ({ datasetId: 'ds', state: 'running', percent: 12.7 }),
    'Shell.Save': () => ({ path: '/home/mira/Active bugs.csv', canceled: false, download: false }),
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <FluentProvider>
        <SigningInProvider value={(request) => asked.push(request)}>
          <DashboardScreen id="d1" />
        </SigningInProvider>
      </FluentProvider>
    </QueryClientProvider>,
  );
  return { host, user: userEvent.setup({ delay: null }) };
}

const figure = (name: string) => screen.findByRole('figure', { name });

describe('a tile', () => {
  it('shows its number under what it counts, and opens its page', async () => {
    show();
    const active = await figure('Active bugs');
    await waitFor(() => expect(within(active).getByText('126')).toBeTruthy());
    expect(within(active).getByText('Open on 18 Nov')).toBeTruthy();
    expect(within(active).getByRole('link').getAttribute('href')).toBe('#/report/r1/open-bug-status');
  });

  it('never shows a template, not even before its numbers are there', async () => {
    show();
    await figure('Active bugs');
    expect(document.body.textContent).not.toContain('{');
  });

  it('without a value is (Blank), with the reason', async () => {
    show();
    const blank = await figure('Not estimated');
    await waitFor(() => expect(within(blank).getByText('(Blank)')).toBeTruthy());
    expect(within(blank).getByText('No rows match the filters')).toBeTruthy();
  });

  it('that cannot be computed says why and leaves the others alone', async () => {
    show();
    expect(await screen.findByRole('alert')).toHaveProperty('textContent', 'There is no column Priority.Reset the tile.');
    expect(screen.getByText('126')).toBeTruthy();
  });

  it('is shown as a table and saved as CSV from its menu', async () => {
    const { user } = show();
    const active = await figure('Active bugs');
    await waitFor(() => expect(within(active).getByText('126')).toBeTruthy());
    await user.click(within(active).getByRole('button', { name: 'More options for Active bugs' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Show as a table' }));
    expect(within(active).getByRole('grid', { name: 'Active bugs, as a table' })).toBeTruthy();
    await user.click(within(active).getByRole('button', { name: 'More options for Active bugs' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Export as CSV' }));
    expect(await screen.findByText('Saved as /home/mira/Active bugs.csv')).toBeTruthy();
  });
});

describe('the bar', () => {
  it('refreshes and shows how far it is', async () => {
    const { user, host } = show();
    await user.click(await screen.findByRole('button', { name: 'Refresh now' }));
    expect(await screen.findByText('Refreshing, 12%')).toBeTruthy();
    expect(host.calls).toContainEqual(['Refreshes.Start', 'ds']);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Refresh now' }).disabled).toBe(true);
  });

  it('says why a refresh could not begin, and tries again', async () => {
    const { user, host } = show();
    host.answer({ 'Refreshes.Start': () => Promise.reject(refusal('offline', 'dev.azure.com cannot be reached.', 'Check the network.')) });
    await user.click(await screen.findByRole('button', { name: 'Refresh now' }));
    const banner = within(await screen.findByRole('region', { name: 'Refresh refused' }));
    expect(banner.getByRole('alert').textContent).toBe('dev.azure.com cannot be reached. Check the network.');
    host.answer({ 'Refreshes.Start': () => ({ datasetId: 'ds', state: 'running', percent: 12.7 }) });
    await user.click(banner.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Refresh refused' })).toBeNull());
  });

  it('stands over data whose sign-in ended, and signs in again as its person', async () => {
    const { user } = show('ready', { signIn: 'ended' });
    await user.click(await screen.findByRole('button', { name: 'Sign in again as Mira Okafor' }));
    expect(asked).toEqual([{ purpose: 'connection', datasetId: 'ds' }]);
    expect(await screen.findByRole('figure', { name: 'Active bugs' })).toBeTruthy();
  });

  it('says that the data are partial', async () => {
    show('partial');
    expect(await screen.findByText('Partial data')).toBeTruthy();
  });
});

describe('the layout', () => {
  it('places tiles by their documents and scrolls below 148 px a row', () => {
    expect(tilePlace({ ...tiles[0], place: { x: 2, y: 1, w: 2, h: 2 } } as Tile)).toEqual({ gridColumn: '3 / span 2', gridRow: '2 / span 2' });
    expect(leastHeight(tiles)).toBe(2 * 148 + 12);
    expect(gridRows(tiles)).toBe('minmax(148px, 1fr) minmax(148px, 1fr)');
  });
  it('gives a short table the height of its rows', () => {
    const table = tile('oldest', 'Oldest', 'table', 0, 1);
    table.visual.query.top = 5;
    expect(gridRows([...tiles.slice(0, 2), table])).toBe('minmax(148px, 1fr) minmax(200px, 1fr)');
  });
  it('puts cards first in a narrow window', () => expect(narrowOrder([tiles[2], tiles[0]] as Tile[]).map((t) => t.id)).toEqual(['active', 'broken']));
});
