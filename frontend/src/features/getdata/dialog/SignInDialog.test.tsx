import { FluentProvider } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestHost } from '../../../backend/testHost';
import type { AccountView, AttemptView, ConnectRequest, DatasetView, Fault, FaultAction, IdentityView, KeepingView } from '../../../backend/types';
import { SignInDialog } from './SignInDialog';

// Asking the computed style of every ancestor for every role takes most of the time of these tests.
configure({ defaultHidden: true, asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 30_000 });

const clientId = '11111111-2222-3333-4444-555555555555';
const account = (a: Partial<AccountView>): AccountView => ({
  key: 'h/mira', name: 'Mira Okafor', address: 'mira@harborline.example', directory: 'Harborline', kind: 'work', state: 'signedIn', sentence: '', inUse: true, connections: [], ...a,
});
const dataset = {
  id: 's1', name: 'harborline / Harbor*', organization: 'harborline', url: 'https://dev.azure.com/harborline', patterns: ['Harbor*'], accountKey: 'h/mira',
  address: 'mira@harborline.example', person: 'Mira Okafor', server: false, sample: false,
} as DatasetView;
const who = (w: Partial<IdentityView> = {}): IdentityView => ({
  accountKey: 'h/mira', silent: false, keeping: 'keyring', writes: [], expires: '', name: 'Mira Okafor', address: 'mira@harborline.example', directory: 'Harborline', kind: 'work',
  organization: 'harborline', expected: '', matches: true, projects: 2, ...w,
});
const fault = (code: string, message: string, ...actions: FaultAction[]): Fault => ({ code, message, hint: 'What to do.', facts: [{ name: 'Correlation id', value: 'c0-ffee' }], actions });
const attempt = (a: Partial<AttemptView>): AttemptView => ({
  id: 'try', phase: 'waiting', organization: 'harborline', url: 'https://dev.azure.com/harborline', source: 'azureDevOps', browser: 'Chromium', rung: 'isolated', authority: '', ways: [],
  code: '', codePage: '', purpose: 'connection', isolated: true, link: '', notice: '', started: '', deadline: '', identity: null, projects: [], matched: 0, warnings: [], fault: null,
  datasetId: 's1', dashboardId: '', reportId: '', ...a,
});
const confirm = (w: Partial<IdentityView>, more: Partial<AttemptView> = {}) =>
  attempt({ phase: 'confirm', identity: who(w), projects: [{ name: 'Harbor-Api', matched: true, length: 6 }, { name: 'Fleet Ops', matched: false, length: 0 }], matched: 1, ...more });

let now: AttemptView;
let known: AccountView[];
let keeping: KeepingView;
let host: ReturnType<typeof startTestHost>;
const done = vi.fn();
const guide = vi.fn();
const close = vi.fn();

beforeEach(() => {
  [done, guide, close].forEach((f) => f.mockReset());
  now = attempt({});
  known = [account({}), account({ key: 't/priya', name: 'Priya Nair', address: 'priya@tidewater.example', inUse: false })];
  keeping = { mode: 'keyring', locked: false, passphrase: false, sentence: '' };
  host = startTestHost({
    'Datasets.Dataset': () => dataset,
    'Accounts.List': () => ({ accounts: known, without: [], keeping }),
    'Accounts.Keeping': () => keeping,
    'Accounts.CheckRegistration': () => ({
      directory: 't', authority: 'https://login.example/t', fault: null,
      checks: [{ what: 'The directory knows the client id', state: 'ok', sentence: '' }, { what: 'http://localhost is registered', state: 'failed', sentence: 'Add it under Mobile and desktop.' }],
    }),
    'GetData.Defaults': () => ({ clientId, permissions: [], contents: [], historyChoices: [] }),
    'GetData.CheckOrganization': (text: string) => ({ ok: true, name: 'harborline', url: `https://dev.azure.com/${text}`, display: `dev.azure.com/${text}`, server: false, fault: null }),
    'GetData.Begin': () => now,
    'GetData.Attempt': () => now,
    'GetData.Cancel': () => attempt({ phase: 'canceled' }),
    'GetData.SignInAgain': () => now,
    'GetData.Accept': () => (now = { ...now, phase: 'accepted' }),
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(request: Partial<ConnectRequest>, remembered?: AccountView[]) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  if (remembered) client.setQueryData(['accounts'], { accounts: remembered, without: [], keeping });
  render(
    <QueryClientProvider client={client}>
      <FluentProvider>
        <SignInDialog request={request} close={close} onDone={done} guide={guide} />
      </FluentProvider>
    </QueryClientProvider>,
  );
  return userEvent.setup({ delay: null });
}
const again: Partial<ConnectRequest> = { purpose: 'connection', datasetId: 's1' };
const button = (name: string | RegExp) => screen.findByRole('button', { name });
const called = (name: string) => host.calls.filter(([n]) => n === name).map(([, ...args]) => args);
const begun = () => called('GetData.Begin').map(([request]) => request as ConnectRequest);

describe('signing in again for a connection', () => {
  it('names the only person that is taken, and ends with the card', async () => {
    now = confirm({ expected: 'mira@harborline.example' });
    const user = show(again);
    expect(await screen.findByText(/Only Mira Okafor \(mira@harborline.example\) is taken/)).toBeTruthy();
    await waitFor(async () => expect(document.activeElement).toBe(await button('Sign in')));
    await user.keyboard('{Enter}');
    await user.click(await button('Continue as Mira Okafor'));
    await waitFor(() => expect(done).toHaveBeenCalledTimes(1));
    expect(begun()).toMatchObject([{ purpose: 'connection', datasetId: 's1', account: 'h/mira', switch: false, expect: 'mira@harborline.example' }]);
    expect(called('GetData.Accept')).toEqual([['try', false]]);
  });

  it('asks who its account is now, whatever was known before', async () => {
    known = [account({ kind: 'token' })];
    show(again, []);
    expect(await screen.findByLabelText('Personal access token')).toBeTruthy();
  });

  it('shows a keeping that failed on the card, and stays', async () => {
    now = confirm({});
    host.answer({
      'GetData.Accept': () => {
        throw new Error(JSON.stringify(fault('disk_full', 'The disk is full.')));
      },
    });
    const user = show(again);
    await user.click(await button('Sign in'));
    await user.click(await button('Continue as Mira Okafor'));
    expect(await screen.findByText(/The disk is full/)).toBeTruthy();
    expect(done).not.toHaveBeenCalled();
  });
});

describe('another account for a connection', () => {
  it('says what it means, and shows the projects before it is taken', async () => {
    now = confirm({ name: 'Priya Nair', silent: true }, { rung: 'silent' });
    const user = show({ ...again, switch: true });
    expect(await screen.findByText(/What was loaded stays. From then on harborline \/ Harbor\* is read as the other account/)).toBeTruthy();
    expect(screen.queryByRole('radio', { name: 'Mira Okafor' })).toBeNull();
    await user.click(screen.getByRole('radio', { name: 'Priya Nair' }));
    await user.click(await button('Continue'));
    expect(begun()).toMatchObject([{ account: 't/priya', switch: true, rung: '' }]);
    expect(await screen.findByText('Harbor-Api')).toBeTruthy();
    expect(screen.getByText('kept here before; nobody typed anything now')).toBeTruthy();
    await user.click(await button('Read as Priya Nair from now on'));
    await waitFor(() => expect(done).toHaveBeenCalledTimes(1));
  });
});

describe('another account for this computer', () => {
  it('is found by an organization, and its registration can be tested first', async () => {
    const user = show({ purpose: 'account' });
    await user.type(await screen.findByLabelText('Organization'), 'harborline');
    await screen.findByText('dev.azure.com/harborline');
    await user.click(await button('Advanced'));
    await user.click(await button('Test'));
    expect(await screen.findByText('The directory knows the client id')).toBeTruthy();
    expect(screen.getByText('Add it under Mobile and desktop.')).toBeTruthy();
    expect(called('Accounts.CheckRegistration')).toEqual([[clientId, 'https://dev.azure.com/harborline', '']]);
    await user.click(await button('How to register Sightline'));
    expect(guide).toHaveBeenCalledTimes(1);
    await user.click(await button('Sign in'));
    expect(begun()).toMatchObject([{ purpose: 'account', organization: 'harborline', method: 'oauth', clientId, account: '', patterns: [] }]);
  });
});

describe('the wait', () => {
  it('shows a code in large, its page, and who asks for the password', async () => {
    now = attempt({ rung: 'deviceCode', isolated: false, code: 'KX4P-9QRT', codePage: 'https://login.example/device', authority: 'login.microsoftonline.com' });
    const user = show(again);
    await user.click(await button('Sign in another way'));
    await user.click(screen.getByRole('radio', { name: 'A code to type' }));
    await user.click(await button('Sign in'));
    expect(begun()).toMatchObject([{ rung: 'deviceCode' }]);
    expect(await screen.findByText('KX4P-9QRT')).toBeTruthy();
    expect(screen.getByText('https://login.example/device')).toBeTruthy();
    expect(screen.getByText('login.microsoftonline.com')).toBeTruthy();
    expect(screen.getByText('Isolation not claimed')).toBeTruthy();
  });

  it('offers the ways that the program names, and ends the first before another', async () => {
    now = attempt({ ways: [
      { rung: 'system', name: 'Your normal browser', sentence: 'For a managed device.', isolated: false, fault: '' },
      { rung: 'ephemeral', name: 'macOS', sentence: 'On a Mac.', isolated: true, fault: 'This is no Mac.' },
    ] });
    const user = show(again);
    await user.click(await button('Sign in'));
    await user.click(await button('Sign in another way'));
    const list = within(await screen.findByRole('region', { name: 'Sign in another way' }));
    const first = list.getByRole('button', { name: /Your normal browser/ });
    await waitFor(() => expect(document.activeElement).toBe(first));
    expect(list.getByRole('button', { name: /macOS/ }).hasAttribute('disabled')).toBe(true);
    expect(list.getByText('This is no Mac.')).toBeTruthy();
    await user.click(first);
    await waitFor(() => expect(begun()).toHaveLength(2));
    expect(begun()[1]).toMatchObject({ rung: 'system', account: 'h/mira' });
    expect(called('GetData.Cancel')).toEqual([['try']]);
  });
});

describe('the card', () => {
  it('says when nothing can keep the sign-in, and takes a passphrase that goes in no call', async () => {
    now = confirm({ keeping: 'session' });
    keeping = { mode: 'session', locked: false, passphrase: false, sentence: '' };
    const sent = vi.fn(async () => new Response(null, { status: 204 }));
    vi.stubGlobal('fetch', sent);
    const user = show(again);
    await user.click(await button('Sign in'));
    expect(await screen.findByText('only until Sightline is closed: nothing here can hold its key')).toBeTruthy();
    await user.click(await button('Keep it with a passphrase'));
    await user.type(screen.getByLabelText('Passphrase'), 'short{Enter}');
    expect(screen.getByText('A passphrase has at least 8 characters.')).toBeTruthy();
    expect(called('GetData.Accept')).toEqual([]);
    keeping = { mode: 'passphrase', locked: false, passphrase: true, sentence: '' };
    await user.clear(screen.getByLabelText('Passphrase'));
    await user.type(screen.getByLabelText('Passphrase'), 'correct horse{Enter}');
    expect(await screen.findByText('encrypted on this computer, opened by your passphrase')).toBeTruthy();
    expect(sent).toHaveBeenCalledWith('/api/passphrase', expect.objectContaining({ method: 'POST', body: 'correct horse' }));
    expect(JSON.stringify(host.calls)).not.toContain('correct horse');
  });

  it('warns of what the program warns of, with its buttons', async () => {
    now = confirm({ writes: ['vso.work_write'] }, { warnings: [fault('forbidden', 'Mira Okafor sees no project.', 'signInElse', 'copyForAdmin'), fault('invalid', 'It may also write.', 'openGuide')] });
    const user = show(again);
    await user.click(await button('Sign in'));
    const first = within((await screen.findByText('Mira Okafor sees no project.')).closest('[role=alert]') as HTMLElement);
    expect(first.getByRole('button', { name: 'Sign in as someone else' })).toBeTruthy();
    expect(screen.getByText('vso.work_write')).toBeTruthy();
    await user.click(await button('How to register Sightline'));
    expect(guide).toHaveBeenCalledTimes(1);
  });
});

describe('a refusal', () => {
  it('offers what the program names, copies its facts for the administrator, and asks for consent again', async () => {
    now = attempt({ phase: 'failed', fault: fault('sign_in_refused', 'Nobody agreed.', 'askConsent', 'normalBrowser', 'copyForAdmin') });
    const user = show(again);
    await user.click(await button('Sign in'));
    expect(await screen.findByText('c0-ffee')).toBeTruthy();
    await waitFor(async () => expect(document.activeElement).toBe(await button('Ask for consent again')));
    expect(await button('Use my normal browser instead')).toBeTruthy();
    await user.click(await button('Copy for the administrator'));
    expect(await navigator.clipboard.readText()).toBe('Nobody agreed.\nWhat to do.\nCorrelation id: c0-ffee\nCode: sign_in_refused');
    await user.click(await button('Ask for consent again'));
    await waitFor(() => expect(begun()).toHaveLength(2));
    expect(begun().map((r) => r.askConsent)).toEqual([false, true]);
  });

  it('leaves the other ways open, folded', async () => {
    now = attempt({ phase: 'failed', fault: fault('sign_in_refused', 'Refused.', 'signInElse'), ways: [{ rung: 'deviceCode', name: 'A code to type', sentence: 'On any device.', isolated: false, fault: '' }] });
    const user = show(again);
    await user.click(await button('Sign in'));
    await screen.findByText('Refused.');
    await user.click(await button('Sign in another way'));
    await user.click(await button(/A code to type/));
    await waitFor(() => expect(begun()).toHaveLength(2));
    expect(begun()[1]?.rung).toBe('deviceCode');
  });

  it('of keys that are locked asks for the passphrase and goes on', async () => {
    now = attempt({ phase: 'failed', fault: fault('not_signed_in', 'The sign-ins are locked.', 'unlockKeys', 'signInAgain') });
    keeping = { mode: 'passphrase', locked: true, passphrase: true, sentence: '' };
    const sent = vi.fn(async () => new Response(null, { status: 403 }));
    vi.stubGlobal('fetch', sent);
    const user = show(again);
    await user.click(await button('Sign in'));
    await user.click(await button('Give your passphrase'));
    await user.type(screen.getByLabelText('Passphrase'), 'wrong one{Enter}');
    expect(await screen.findByText('This passphrase does not open the sign-ins on this computer.')).toBeTruthy();
    expect(begun()).toHaveLength(1);
    vi.stubGlobal('fetch', async () => new Response(null, { status: 204 }));
    await user.type(screen.getByLabelText('Passphrase'), 'right one{Enter}');
    await waitFor(() => expect(begun()).toHaveLength(2));
  });

  it('of the kept sign-in that was offered signs in as somebody else without it', async () => {
    now = attempt({ phase: 'failed', rung: 'silent', fault: fault('not_signed_in', 'It belongs to another directory.', 'signInAgain', 'signInElse') });
    const user = show({ ...again, switch: true });
    await user.click(await screen.findByRole('radio', { name: 'Priya Nair' }));
    await user.click(await button('Continue'));
    await user.click(await button('Sign in as someone else'));
    await waitFor(() => expect(begun()).toHaveLength(2));
    expect(begun()[1]).toMatchObject({ account: '', expect: '', rung: 'isolated', switch: true });
  });
});
