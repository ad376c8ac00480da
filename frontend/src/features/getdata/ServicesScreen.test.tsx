import { FluentProvider } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestHost } from '../../backend/testHost';
import type { AccountView, AttemptView, ConnectDefaults, ConnectRequest, Fault, FaultAction, IdentityView, KeepingView } from '../../backend/types';
import { ServicesScreen } from './ServicesScreen';

// Asking the computed style of every ancestor for every role takes most of the time of these tests.
configure({ defaultHidden: true, asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 30_000 });

const clientId = '11111111-2222-3333-4444-555555555555';
const fault = (code: string, message: string, hint = '', ...actions: FaultAction[]): Fault => ({ code, message, hint, facts: [], actions });
const mira: IdentityView = {
  accountKey: 'harborline/mira', silent: false, keeping: 'keyring', writes: [], expires: '',
  name: 'Mira Okafor', address: 'mira@harborline.example', directory: 'Harborline', kind: 'work', organization: 'harborline', expected: '', matches: true, projects: 3,
};
const attempt = (a: Partial<AttemptView>): AttemptView => ({
  id: 'try', phase: 'discovering', organization: 'harborline', url: 'https://dev.azure.com/harborline', source: 'azureDevOps', browser: '', rung: '', authority: '', ways: [], code: '', codePage: '', purpose: '',
  isolated: false, link: '', notice: '', started: '', deadline: '', identity: null, projects: [], matched: 0, warnings: [], fault: null, datasetId: '',
  dashboardId: '', reportId: '', ...a,
});
const defaults: ConnectDefaults = {
  clientId,
  permissions: [
    { name: 'Work items (read)', sentence: 'All of them.', contents: null },
    { name: 'Code (read)', sentence: 'Commits and pull requests.', contents: ['git', 'pullRequests', 'tfvc'] },
    { name: 'Test management (read)', sentence: 'Counts by outcome.', contents: ['tests'] },
  ],
  contents: [
    { content: 'workItems', name: 'Work items', sentence: 'Whole.', on: true },
    { content: 'git', name: 'Git', sentence: 'Commits.', on: true },
    { content: 'tests', name: 'Tests', sentence: 'Runs.', on: true },
  ],
  historyChoices: [{ months: 12, label: '1 year' }, { months: 24, label: '2 years' }, { months: -1, label: 'Everything' }],
};
const names = ['Harbor-Api', 'Harbor-Web', 'Fleet Ops'];

let now: AttemptView;
let known: AccountView[];
let keeping: KeepingView;
let host: ReturnType<typeof startTestHost>;
const loaded = vi.fn();

function matchNow(patterns: string[]) {
  const hit = (name: string) => patterns.some((p) => (p.endsWith('*') ? name.startsWith(p.slice(0, -1)) : name === p));
  const list = names.map((name) => ({ name, matched: hit(name), length: 6 }));
  const matched = list.filter((p) => p.matched).length;
  const none = fault('no_project_matches', `None of the 3 projects this account sees matches ${patterns.join()}.`, 'Did you mean Harbor*?');
  now = { ...now, projects: list, matched, fault: matched === 0 ? none : null };
  return now;
}

function confirm(who: Partial<IdentityView>, patterns = ['Harbor*']) {
  now = attempt({ phase: 'confirm', identity: { ...mira, ...who } });
  matchNow(patterns);
}

beforeEach(() => {
  loaded.mockReset();
  now = attempt({});
  known = [];
  keeping = { mode: 'keyring', locked: false, passphrase: false, sentence: '' };
  host = startTestHost({
    'GetData.Defaults': () => defaults,
    'Accounts.List': () => ({ accounts: known, without: [], keeping }),
    'Accounts.Keeping': () => keeping,
    'GetData.CheckOrganization': (text: string) =>
      text.includes(' ')
        ? { ok: false, name: '', url: '', display: '', server: false, fault: fault('invalid', `${text} is neither an organization's name nor an address.`) }
        : { ok: true, name: text, url: `https://dev.azure.com/${text}`, display: `dev.azure.com/${text}`, server: false, fault: null },
    'GetData.CheckPatterns': (texts: string[]) =>
      texts.map((text) =>
        text === 'T*st'
          ? { text, ok: false, suggestion: 'T*', fault: fault('invalid', 'T*st cannot be used: a star may only stand at the end.', 'Try T* for every project that begins with T.') }
          : { text, ok: true, suggestion: '', fault: null },
      ),
    'GetData.Begin': (request: ConnectRequest) => (request.method === 'token' ? (now = attempt({ phase: 'token' })) : now),
    'GetData.Attempt': () => now,
    'GetData.Cancel': () => attempt({ phase: 'canceled' }),
    'GetData.SignInAgain': () => (now = attempt({ phase: 'waiting', browser: 'Chromium', rung: 'isolated', isolated: true })),
    'GetData.ChangePatterns': (_: string, patterns: string[]) => matchNow(patterns),
    'GetData.Accept': () => (now = { ...now, phase: 'accepted', datasetId: 's1' }),
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Screen({ from }: { from: string | null }) {
  const [at, setAt] = useState({ connector: from, connect: from !== null });
  return <ServicesScreen {...at} show={(connector, connect) => setAt({ connector, connect })} loaded={loaded} />;
}

function show(from: string | null) {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } })}>
      <FluentProvider>
        <Screen from={from} />
      </FluentProvider>
    </QueryClientProvider>,
  );
  return userEvent.setup({ delay: null });
}

const button = (name: string | RegExp) => screen.findByRole('button', { name });
const called = (name: string) => host.calls.filter(([n]) => n === name).map(([, ...args]) => args);

async function fillParameters(user: ReturnType<typeof userEvent.setup>, patterns = 'Harbor*') {
  await user.type(await screen.findByLabelText('Organization'), 'harborline');
  await screen.findByText('dev.azure.com/harborline');
  await user.type(screen.getByLabelText('Projects'), `${patterns}{Enter}`);
  await waitFor(async () => expect((await button('Next')).hasAttribute('disabled')).toBe(false));
  await user.click(await button('Next'));
}

async function signIn(user: ReturnType<typeof userEvent.setup>) {
  await fillParameters(user);
  await user.click(await button('Sign in'));
}

describe('the gallery', () => {
  it('is walked with arrow keys, opened with Enter and closed with Esc', async () => {
    const user = show(null);
    await user.tab();
    await user.tab();
    await user.tab();
    expect(document.activeElement?.textContent).toContain('Azure DevOps Services');
    await user.keyboard('{ArrowRight}{ArrowRight}{Enter}');
    expect(await screen.findByRole('heading', { name: 'Sample organization' })).toBeTruthy();
    expect(document.activeElement?.textContent).toBe('Connect');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('heading', { name: 'Sample organization' })).toBeNull();
    expect(document.activeElement?.textContent).toContain('Sample organization');
  });
});

describe('the parameters', () => {
  it('refuse a star in the middle under the field, and take the suggestion', async () => {
    const user = show('azure-devops');
    await user.type(await screen.findByLabelText('Organization'), 'harborline');
    await user.type(screen.getByLabelText('Projects'), 'T*st,');
    expect((await screen.findByText(/a star may only stand at the end/)).closest('[role=alert]')).toBeTruthy();
    expect((await button('Next')).hasAttribute('disabled')).toBe(true);
    await user.click(await button('Use T*'));
    expect(await button('Remove T*')).toBeTruthy();
    await waitFor(async () => expect((await button('Next')).hasAttribute('disabled')).toBe(false));
  });

  it('say why an organization is not understood once the field is left', async () => {
    const user = show('azure-devops');
    await user.type(await screen.findByLabelText('Organization'), 'harbor line');
    expect(screen.queryByText(/neither an organization/)).toBeNull();
    await user.click(screen.getByLabelText('Projects'));
    expect(await screen.findByText(/neither an organization/)).toBeTruthy();
  });
});

describe('what to load', () => {
  it('is a group of boxes that names each with its sentence, and the history', async () => {
    show('azure-devops');
    const group = within(await screen.findByRole('group', { name: 'What to load' }));
    const box = await group.findByRole('checkbox', { name: 'Git' });
    expect(document.getElementById(box.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Commits.');
    expect(group.getAllByRole('checkbox').map((b) => (b as HTMLInputElement).checked)).toEqual([true, true, true]);
    expect(screen.getByRole('combobox', { name: 'History' })).toHaveProperty('value', '24');
    expect(screen.getByText('Work items always load whole.')).toBeTruthy();
  });

  it('goes into the request, and decides what will be read', async () => {
    const user = show('azure-devops');
    await user.click(await screen.findByRole('checkbox', { name: 'Git' }));
    await user.selectOptions(screen.getByRole('combobox', { name: 'History' }), 'Everything');
    await fillParameters(user);
    const dialog = within(screen.getByRole('dialog'));
    expect(await dialog.findByText('Test management (read)')).toBeTruthy();
    expect(dialog.queryByText('Code (read)')).toBeNull();
    await user.click(await button('Sign in'));
    expect(called('GetData.Begin')).toEqual([[expect.objectContaining({ contents: ['workItems', 'tests'], historyMonths: -1 })]]);
  });

  it('is what the wait for the browser names too', async () => {
    now = attempt({ phase: 'waiting', browser: 'Chromium', rung: 'isolated', isolated: true });
    const user = show('azure-devops');
    await user.click(await screen.findByRole('checkbox', { name: 'Git' }));
    await signIn(user);
    await screen.findByText('Waiting for your browser');
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByText('Work items (read)')).toBeTruthy();
    expect(dialog.queryByText('Code (read)')).toBeNull();
  });

  it('holds at least one, and says so', async () => {
    const user = show('sample');
    await waitFor(async () => expect((await button('Next')).hasAttribute('disabled')).toBe(false));
    await user.click(await screen.findByRole('checkbox', { name: 'Work items' }));
    expect(await screen.findByText(/Without work items/)).toBeTruthy();
    await user.click(screen.getByRole('checkbox', { name: 'Git' }));
    await user.click(screen.getByRole('checkbox', { name: 'Tests' }));
    expect(await screen.findByText('Tick at least one.')).toBeTruthy();
    expect((await button('Next')).hasAttribute('disabled')).toBe(true);
    await user.click(screen.getByRole('checkbox', { name: 'Tests' }));
    expect((await button('Next')).hasAttribute('disabled')).toBe(false);
  });

  it('decides the scopes of a token', async () => {
    const user = show('server');
    await user.click(await screen.findByRole('checkbox', { name: 'Tests' }));
    await user.type(await screen.findByLabelText('Collection address'), 'harborline');
    await screen.findByText('dev.azure.com/harborline');
    await user.type(screen.getByLabelText('Projects'), '*{Enter}');
    await waitFor(async () => expect((await button('Next')).hasAttribute('disabled')).toBe(false));
    await user.click(await button('Next'));
    expect(await screen.findByText('Code (Read)')).toBeTruthy();
    expect(screen.queryByText('Test Management (Read)')).toBeNull();
  });
});

describe('the sign-in', () => {
  it('lists what will be read before the browser opens', async () => {
    const user = show('azure-devops');
    await fillParameters(user);
    expect(await within(screen.getByRole('dialog')).findByText('Work items (read)')).toBeTruthy();
    expect(called('GetData.Begin')).toEqual([]);
    await user.click(await button('Sign in'));
    expect(called('GetData.Begin')).toEqual([[{ source: 'azureDevOps', organization: 'harborline', patterns: ['Harbor*'], method: 'oauth', clientId, authority: '', expect: '', contents: [], historyMonths: 0, purpose: '', datasetId: '', account: '', switch: false, rung: '', askConsent: false, tokenExpires: '', allowPlain: false }]]);
  });

  it('asks for the person and for the projects before it accepts', async () => {
    confirm({});
    const user = show('azure-devops');
    await signIn(user);
    await user.click(await button('Continue as Mira Okafor'));
    expect(called('GetData.Accept')).toEqual([]);
    expect(await screen.findByText('2 of 3 match')).toBeTruthy();
    await user.click(await button('Load 2 projects'));
    await waitFor(() => expect(loaded).toHaveBeenCalledWith('s1'));
    expect(called('GetData.Accept')).toEqual([['try', false]]);
  });

  it('as a wrong person puts Enter on signing in as someone else', async () => {
    confirm({ address: 'mira@personal.example', expected: 'mira@harborline.example', matches: false });
    const user = show('azure-devops');
    await signIn(user);
    await waitFor(async () => expect(document.activeElement).toBe(await button('Sign in as someone else')));
    await user.keyboard('{Enter}');
    expect(await screen.findByText('Waiting for your browser')).toBeTruthy();
    expect(called('GetData.SignInAgain')).toEqual([['try']]);
    expect(called('GetData.Accept')).toEqual([]);
  });

  it('takes a wrong person only when told to', async () => {
    confirm({ expected: 'other@harborline.example', matches: false });
    const user = show('azure-devops');
    await signIn(user);
    await user.click(await button('Use this account anyway'));
    await user.click(await button('Load 2 projects'));
    await waitFor(() => expect(called('GetData.Accept')).toEqual([['try', true]]));
  });

  it('does not load when no project matches, and offers the near one', async () => {
    confirm({}, ['Harbour*']);
    const user = show('azure-devops');
    await fillParameters(user, 'Harbour*');
    await user.click(await button('Sign in'));
    await user.click(await button('Continue as Mira Okafor'));
    expect((await button('Load')).hasAttribute('disabled')).toBe(true);
    await user.click(await button('Use Harbor*'));
    expect(await button('Load 2 projects')).toBeTruthy();
    expect(called('GetData.ChangePatterns')).toEqual([['try', ['Harbor*']]]);
  });

  it('ends with the dialog', async () => {
    now = attempt({ phase: 'waiting', browser: 'Chromium', rung: 'isolated', isolated: true });
    const user = show('azure-devops');
    await signIn(user);
    await screen.findByText('Waiting for your browser');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(called('GetData.Cancel')).toEqual([['try']]);
  });

  it('that was refused says so and offers what solves it', async () => {
    now = attempt({ phase: 'failed', fault: fault('organization_missing', 'No organization is called harborlime.', 'Check the spelling.') });
    const user = show('azure-devops');
    await signIn(user);
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText('No organization is called harborlime.')).toBeTruthy();
    await user.click(await button('Edit the name'));
    expect(await screen.findByLabelText('Organization')).toHaveProperty('value', 'harborline');
  });
});

describe('a personal access token', () => {
  it('goes in the body of a request, once, and in no call', async () => {
    const sent = vi.fn(async () => new Response(null, { status: 204 }));
    vi.stubGlobal('fetch', sent);
    const user = show('azure-devops');
    await fillParameters(user);
    await user.selectOptions(await screen.findByLabelText('Authentication method'), 'token');
    await user.type(screen.getByLabelText('Personal access token'), 'pat-4711');
    expect((await button('Check the token')).hasAttribute('disabled')).toBe(true);
    await user.click(screen.getByRole('checkbox', { name: 'I do not know' }));
    expect(screen.getByText(/Then Sightline cannot warn you/)).toBeTruthy();
    await user.click(await button('Check the token'));
    await waitFor(() => expect(sent).toHaveBeenCalledTimes(1));
    expect(sent).toHaveBeenCalledWith('/api/attempts/try/token', expect.objectContaining({ method: 'POST', body: 'pat-4711' }));
    expect(JSON.stringify(host.calls)).not.toContain('pat-4711');
  });

  it('that could not be handed over is asked for again', async () => {
    vi.stubGlobal('fetch', async () => new Response(null, { status: 500 }));
    const user = show('azure-devops');
    await fillParameters(user);
    await user.selectOptions(await screen.findByLabelText('Authentication method'), 'token');
    await user.type(screen.getByLabelText('Personal access token'), 'pat-4711');
    expect((await button('Check the token')).hasAttribute('disabled')).toBe(true);
    await user.click(screen.getByRole('checkbox', { name: 'I do not know' }));
    expect(screen.getByText(/Then Sightline cannot warn you/)).toBeTruthy();
    await user.click(await button('Check the token'));
    expect(await screen.findByText('The token could not be handed to the program.')).toBeTruthy();
    await user.click(await button('Try again'));
    expect(await screen.findByLabelText('Personal access token')).toHaveProperty('value', '');
    expect((await button('Check the token')).hasAttribute('disabled')).toBe(true);
  });
});

describe('the sample', () => {
  it('runs the same path without a browser', async () => {
    const user = show('sample');
    confirm({ kind: 'token' }, ['*']);
    await waitFor(async () => expect((await button('Next')).hasAttribute('disabled')).toBe(false));
    await user.click(await button('Next'));
    await user.click(await button('Continue as Mira Okafor'));
    expect(screen.queryByRole('button', { name: 'Use another token' })).toBeNull();
    expect(called('GetData.Begin')).toEqual([[expect.objectContaining({ source: 'sample', method: 'none', patterns: ['*'] })]]);
  });
});
