import { FluentProvider } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestHost } from '../../backend/testHost';
import type { Page, PageData, PageState, Result, VisualData } from '../../backend/types';
import { forgetMemories } from './memory';
import { ReportScreen } from './ReportScreen';

configure({ defaultHidden: true, asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 30_000 });

const page = (id: string): Page => ({
  id, name: `Page ${id}`, title: `Title ${id}`, noun: 'open bugs',
  slicers: [{ id: 'priority', title: 'Priority', field: 'Work items[Priority]' }],
  filters: [{ field: 'Work items[State category]', op: 'notIn', values: ['Completed', 'Removed'] }],
  visuals: [
    { id: 'open', type: 'card', title: 'Open bugs', place: { x: 0, y: 0, w: 3, h: 2 }, query: { values: [] }, options: {} },
    { id: 'people', type: 'matrix', title: 'People', place: { x: 0, y: 2, w: 6, h: 4 }, query: { values: [] }, options: {} },
    { id: 'oldest', type: 'table', title: 'Oldest', place: { x: 6, y: 2, w: 6, h: 4 }, query: { values: [] }, options: {} },
  ],
});

const openBugs = { name: 'Open bugs', format: 'integer', additive: true, direction: 'upIsWorse' as const };
const base = { asOf: '2026-11-18T09:38:00Z', timeZone: 'UTC', generation: 1 };
const people = { field: 'Work items[Assigned to]', name: 'Assigned to', type: 'text', members: [{ value: 'mira@x', label: 'Mira Okafor' }, { value: 'ana@x', label: 'Ana Sousa' }] };
const ids = { field: 'Work items[Id]', name: 'Id', type: 'integer', role: 'workItemId' as const, members: [{ value: 17, label: '17' }] };

function answerTo(state: PageState): PageData {
  const lit = state.selection ? { parts: [4] } : {};
  const visual = (id: string, result: Result): VisualData => ({ id, result, spark: null, follows: '', subtitle: '', fault: null });
  return {
    generation: 1, asOf: base.asOf, millis: 1,
    restatement: state.selection ? 'Assigned to is mira@x: 4 of 9 open bugs' : '',
    part: state.selection ? 4 : null, whole: state.selection ? 9 : null,
    slicers: [{ id: 'priority', members: [{ value: 1, label: '1' }, { value: 2, label: '2' }], fault: null }],
    visuals: [
      visual('open', { ...base, dimensions: [], rowGroups: 0, values: [openBugs], rows: [], total: { keys: [], values: [9], ...lit } }),
      visual('people', { ...base, dimensions: [people], rowGroups: 1, values: [openBugs], rows: [{ keys: [0], values: [4] }, { keys: [1], values: [5] }], total: { keys: [], values: [9] } }),
      visual('oldest', { ...base, dimensions: [ids], rowGroups: 1, values: [openBugs], rows: [{ keys: [0], values: [1] }], total: { keys: [], values: [1] } }),
    ],
  };
}

const dataset = {
  id: 'ds', name: 'harborline', organization: 'harborline', url: 'https://dev.azure.com/harborline', patterns: [], person: '', address: '', sample: false,
  timeZone: 'UTC', lastRefresh: '', nextRefresh: '', lastError: '', state: 'ready', generation: 1, workItems: 0, revisions: 0, bytes: 0, reportId: 'r', dashboardId: 'd',
};

beforeEach(() => {
  window.localStorage.clear();
  forgetMemories();
});
afterEach(cleanup);

function show(pageId?: string, pages: Page[] = [page('one'), page('two')]) {
  const host = startTestHost({
    'Reports.Report': () => ({ id: 'r', name: 'harborline', dataset, pages }),
    'Reports.Page': (_r: string, _p: string, state: PageState) => answerTo(state),
    'Reports.VisualCSV': () => ({ name: 'People.csv', text: 'a' }),
    'Refreshes.Progress': () => ({ datasetId: 'ds', state: 'idle', percent: 100 }),
    'Shell.Save': () => ({ path: '/home/mira/People.csv', canceled: false, download: false }),
    'Shell.OpenExternal': () => null,
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <FluentProvider>
        <ReportScreen id="r" {...(pageId ? { pageId } : {})} />
      </FluentProvider>
    </QueryClientProvider>,
  );
  const asked = () => host.calls.filter(([name]) => name === 'Reports.Page').map((call) => call[3] as PageState);
  return { host, user: userEvent.setup({ delay: null }), asked };
}

const figure = (name: string) => screen.findByRole('figure', { name });

describe('a slicer that is a list', () => {
  it('stands open on the page; Enter picks one member, Ctrl adds another', async () => {
    const { user, asked } = show('one', [{ ...page('one'), slicers: [{ id: 'priority', title: 'Priority', field: 'Work items[Priority]', kind: 'list' }] }]);
    await figure('Open bugs');
    const list = await screen.findByRole('listbox', { name: 'Priority' });
    expect(screen.queryByRole('button', { name: /^Priority/ })).toBeNull();
    const slicers = () => asked().at(-1)?.slicers;
    expect(list.getAttribute('aria-multiselectable')).toBe('true');
    await user.type(screen.getByRole('combobox', { name: 'Search Priority' }), '{Enter}');
    await waitFor(() => expect(slicers()).toEqual({ priority: [1] }));
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(slicers()).toEqual({ priority: [2] }));
    await user.keyboard('{ArrowUp}{Control>}{Enter}{/Control}');
    await waitFor(() => expect(slicers()).toEqual({ priority: [2, 1] }));
  });
});

describe('a report page', () => {
  it('shows every visual with its name and a sentence', async () => {
    show();
    const card = await figure('Open bugs');
    await waitFor(() => expect(within(card).getByText('9')).toBeTruthy());
    const described = document.getElementById(card.getAttribute('aria-describedby') ?? '');
    expect(described?.textContent).toBe('Open bugs: 9.');
    expect(screen.getByRole('heading', { name: 'Title one' })).toBeTruthy();
  });

  it('asks again with what was picked, says it in names, and clears it with Esc', async () => {
    const { user, asked } = show();
    await user.click(await within(await figure('People')).findByText('Mira Okafor'));
    expect(await screen.findByText(/4 of 9 open bugs/)).toBeTruthy();
    expect(screen.getByText('Mira Okafor', { selector: 'output b' })).toBeTruthy();
    expect(asked().at(-1)?.selection).toEqual({ visual: 'people', filters: [{ field: 'Work items[Assigned to]', op: 'in', values: ['mira@x'] }] });
    expect(within(await figure('Open bugs')).getByText('of 9')).toBeTruthy();
    fireEvent.keyDown(document.body, { key: 'Escape' });
    await waitFor(() => expect(screen.queryByText(/4 of 9 open bugs/)).toBeNull());
  });

  it('resets to what its author left, which is possible only when something differs', async () => {
    const { user, asked } = show();
    const reset = await screen.findByRole<HTMLButtonElement>('button', { name: 'Reset to default' });
    expect(reset.disabled).toBe(true);
    await user.click(await within(await figure('People')).findByText('Ana Sousa'));
    expect(reset.disabled).toBe(false);
    await user.click(reset);
    expect(reset.disabled).toBe(true);
    expect(asked().at(0)).toEqual({});
  });

  it('is found as it was left, and another page as that one was', async () => {
    const first = show('one');
    await first.user.click(await within(await figure('People')).findByText('Ana Sousa'));
    cleanup();
    const again = show('one');
    await figure('People');
    await waitFor(() => expect(again.asked().at(0)?.selection?.filters[0]?.values).toEqual(['ana@x']));
    cleanup();
    const other = show('two');
    await figure('People');
    await waitFor(() => expect(other.asked().at(0)).toEqual({}));
  });

  it('shows a visual as a table of its numbers', async () => {
    const { user } = show();
    const card = await figure('Open bugs');
    await user.click(await within(card).findByRole('button', { name: 'Show as a table' }));
    const grid = within(card).getByRole('grid', { name: 'Open bugs, as a table' });
    expect(within(grid).getByRole('columnheader', { name: 'Open bugs' })).toBeTruthy();
    expect(within(grid).getByText('9')).toBeTruthy();
    await user.click(within(card).getByRole('button', { name: 'Show as a visual' }));
    expect(within(card).queryByRole('grid')).toBeNull();
  });

  it('saves a visual as CSV in its present state and says where', async () => {
    const { user, host } = show();
    await user.click(await within(await figure('People')).findByText('Ana Sousa'));
    await user.click(within(await figure('People')).getByRole('button', { name: 'Export as CSV' }));
    expect(await screen.findByText('Saved as /home/mira/People.csv')).toBeTruthy();
    const call = host.calls.find(([name]) => name === 'Reports.VisualCSV');
    expect(call?.slice(1, 4)).toEqual(['r', 'one', 'people']);
    expect(call?.[4]).toMatchObject({ selection: { visual: 'people' } });
  });

  it('shows one visual alone and comes back', async () => {
    const { user } = show();
    await user.click(within(await figure('People')).getByRole('button', { name: 'Focus mode' }));
    expect(screen.getAllByRole('figure')).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Back to report' }));
    expect(screen.getAllByRole('figure')).toHaveLength(3);
  });

  it('opens a work item in Azure DevOps', async () => {
    const { user, host } = show();
    await user.click(await screen.findByRole('button', { name: '17' }));
    expect(host.calls).toContainEqual(['Shell.OpenExternal', 'https://dev.azure.com/harborline/_workitems/edit/17']);
  });

  it('offers its pages as tabs and turns them with Ctrl+Page down', async () => {
    show('one');
    const open = await screen.findByRole('tab', { name: 'Page one' });
    expect(open.getAttribute('aria-selected')).toBe('true');
    fireEvent.keyDown(window, { key: 'PageDown', ctrlKey: true });
    expect(window.location.hash).toBe('#/report/r/two');
  });

  it('lists its filters in words', async () => {
    const { user } = show();
    await user.click(await screen.findByRole('button', { name: 'Open Filters' }));
    expect(screen.getByText('is not Completed or Removed')).toBeTruthy();
  });

  it('says why it cannot be shown', async () => {
    const { host } = show();
    host.answer({ 'Reports.Page': () => { throw new Error(JSON.stringify({ code: 'corrupt', message: 'The file of harborline is damaged.', hint: 'Get the data again.' })); } });
    cleanup();
    startTestHost({
      'Reports.Report': () => ({ id: 'r', name: 'harborline', dataset, pages: [page('one')] }),
      'Reports.Page': () => { throw new Error(JSON.stringify({ code: 'corrupt', message: 'The file of harborline is damaged.', hint: 'Get the data again.' })); },
      'Refreshes.Progress': () => ({ datasetId: 'ds', state: 'idle', percent: 100 }),
    });
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    render(<QueryClientProvider client={client}><FluentProvider><ReportScreen id="r" /></FluentProvider></QueryClientProvider>);
    expect(await screen.findByText('The file of harborline is damaged.')).toBeTruthy();
    expect(screen.getByText('Get the data again.')).toBeTruthy();
  });
});
