import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SigningInProvider } from '../../backend/signingIn';
import { refusal, startTestHost } from '../../backend/testHost';
import type { AccountConnection, AccountsView, AccountView, ConnectRequest, SignOutPlan, SignOutReport } from '../../backend/types';
import { AccountMenu } from './AccountMenu';

configure({ defaultHidden: true, asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 30_000 });

const connection = (id: string, state: AccountConnection['state'] = 'signedIn'): AccountConnection => ({ datasetId: id, name: `data ${id}`, organization: 'harborline', state, bytes: 412e6 });
const account = (key: string, name: string, more: Partial<AccountView> = {}): AccountView => ({
  key, name, address: `${key}@x.example`, directory: 'Harborline', kind: 'work', state: 'signedIn', sentence: '', inUse: false, connections: [], ...more,
});
const keeping = { mode: 'keyring', locked: false, passphrase: false, sentence: '' } as const;

let view: AccountsView;
let asked: Partial<ConnectRequest>[];
let host: ReturnType<typeof startTestHost>;

const plan = (of: AccountView): SignOutPlan => ({
  account: of, datasets: of.connections, forgets: ['The sign-in kept in the keyring.'], remains: ['Microsoft keeps the session.'], page: 'https://mysignins.example/',
});
const done = (more: Partial<SignOutReport> = {}): SignOutReport => ({ accounts: view, deleted: [], remains: [], faults: [], ...more });

beforeEach(() => {
  window.history.replaceState(null, '', '#/home');
  asked = [];
  view = {
    accounts: [
      account('mira', 'Mira Okafor', { inUse: true, connections: [connection('s1')] }),
      account('ext', 'Mira Okafor', { kind: 'guest', directory: 'tidewater.example' }),
      account('own', 'Mira O.', { kind: 'personal', state: 'ended', sentence: 'The directory asks for it again.', connections: [connection('s2', 'ended')] }),
      account('old', 'Jo Fischer', { kind: 'token', directory: '', state: 'signedOut' }),
    ],
    without: [{ ...connection('s3', 'none'), name: 'Sample' }],
    keeping,
  };
  host = startTestHost({
    'Accounts.List': () => view,
    'Accounts.Use': () => view,
    'Accounts.Remove': () => view,
    'Accounts.SignOutPlan': (key: string) => plan(view.accounts.find((a) => a.key === key) ?? account(key, key)),
    'Accounts.SignOut': () => done(),
  });
});
afterEach(cleanup);

async function open(name: string | null = 'Mira Okafor', current: string | null = null) {
  const user = userEvent.setup({ delay: null });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <FluentProvider theme={webLightTheme}>
        <SigningInProvider value={(request) => asked.push(request)}>
          <AccountMenu accounts={view.accounts} current={current} />
        </SigningInProvider>
      </FluentProvider>
    </QueryClientProvider>,
  );
  if (name) await user.click(screen.getByRole('button', { name: `Account of ${name}` }));
  return user;
}
const button = (name: string | RegExp) => screen.findByRole('button', { name });

describe('the account menu', () => {
  it('says of each account which directory it belongs to and what is the matter with it', async () => {
    await open();
    expect(await screen.findByText('The directory asks for it again.')).toBeTruthy();
    for (const line of ['Harborline', 'Guest from tidewater.example', 'Personal account, sign-in ended', 'Personal access token, signed out']) expect(screen.getByText(line)).toBeTruthy();
    expect(screen.getAllByText('In use')).toHaveLength(1);
  });

  it('says as whom each connection comes, what waits first, and says it to a screen reader too', async () => {
    await open();
    expect(await screen.findByText('needs no account')).toBeTruthy();
    const links = screen.getAllByRole('link').map((a) => a.textContent);
    expect(links).toEqual(['data s2as own@x.example, sign-in ended', 'data s1as mira@x.example, signed in', 'Sampleneeds no account, works without a sign-in']);
  });

  it('switches who new connections sign in as', async () => {
    const user = await open();
    await user.click(await button('Switch to Mira Okafor, ext@x.example'));
    await waitFor(() => expect(host.calls).toContainEqual(['Accounts.Use', 'ext']));
  });

  it('says why it could not switch, where it was pressed', async () => {
    host.answer({ 'Accounts.Use': () => Promise.reject(refusal('not_found', 'This account is not known here.')) });
    const user = await open();
    await user.click(await button('Switch to Mira Okafor, ext@x.example'));
    expect((await screen.findByRole('alert')).textContent).toContain('This account is not known here.');
  });

  it('signs in the one whose sign-in ended, for the connection that waits', async () => {
    const user = await open();
    await user.click(await button('Sign in Mira O., own@x.example'));
    expect(asked).toEqual([{ purpose: 'connection', datasetId: 's2' }]);
    await waitFor(() => expect(screen.queryByText('Accounts on this computer')).toBeNull());
  });

  it('adds an account', async () => {
    const user = await open();
    await user.click(await button('Add an account'));
    expect(asked).toEqual([{ purpose: 'account' }]);
  });

  it('removes an account that is signed out and that nothing uses, and no other', async () => {
    const user = await open();
    await user.click(await button('Remove Jo Fischer, old@x.example, from this list'));
    await waitFor(() => expect(host.calls).toContainEqual(['Accounts.Remove', 'old']));
    expect(screen.queryAllByRole('button', { name: /^Remove / })).toHaveLength(1);
  });

  it('says that the sign-ins are locked, and where they are opened', async () => {
    view = { ...view, keeping: { mode: 'passphrase', locked: true, passphrase: true, sentence: 'The sign-ins of this computer are locked.' } };
    const user = await open();
    expect(await screen.findByText('The sign-ins of this computer are locked.')).toBeTruthy();
    await user.click(screen.getByRole('link', { name: 'Unlock them' }));
    expect(window.location.hash).toBe('#/settings');
    await waitFor(() => expect(screen.queryByText('Accounts on this computer')).toBeNull());
  });

  it('shows the account of the dataset on screen', async () => {
    await open('Mira O.', 's2');
    expect(await screen.findByText('Accounts on this computer')).toBeTruthy();
  });

  it('offers to sign in while nobody is signed in', async () => {
    view = { ...view, accounts: [] };
    const user = await open(null);
    await user.click(await button('Sign in'));
    expect(asked).toEqual([{ purpose: 'account' }]);
  });
});

describe('signing out', () => {
  const leave = async () => {
    const user = await open();
    await user.click(await button('Sign out Mira Okafor, mira@x.example'));
    const dialog = within(await screen.findByRole('alertdialog'));
    await dialog.findByText('The sign-in kept in the keyring.');
    return { user, dialog };
  };

  it('says before what it forgets and what it cannot end, and deletes nothing by itself', async () => {
    const { user, dialog } = await leave();
    expect(dialog.getByText('Microsoft keeps the session.')).toBeTruthy();
    expect(dialog.getByText('https://mysignins.example/')).toBeTruthy();
    await user.click(dialog.getByRole('button', { name: 'Sign out' }));
    await waitFor(() => expect(host.calls).toContainEqual(['Accounts.SignOut', 'mira', []]));
    expect(await screen.findByRole('heading', { name: 'Mira Okafor is signed out' })).toBeTruthy();
  });

  it('deletes what is ticked, and says how much that is on the button', async () => {
    view.accounts[0]?.connections.push(connection('s4'));
    const { user, dialog } = await leave();
    host.answer({ 'Accounts.SignOut': () => done({ deleted: ['data s4'], faults: [{ code: 'read_only', message: 'The file of data s1 is in use.', hint: '', facts: [], actions: [] }] }) });
    await user.click(dialog.getByRole('checkbox', { name: 'Also delete downloaded data' }));
    await user.click(dialog.getByRole('checkbox', { name: /data s1/ }));
    await user.click(dialog.getByRole('button', { name: 'Sign out and delete 1 dataset' }));
    await waitFor(() => expect(host.calls).toContainEqual(['Accounts.SignOut', 'mira', ['s4']]));
    expect(await screen.findByRole('heading', { name: 'Mira Okafor is signed out in part' })).toBeTruthy();
    expect(screen.getByText('The file of data s1 is in use.')).toBeTruthy();
  });

  it('is not done when the dialog is left', async () => {
    const { user } = await leave();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(host.calls.some(([name]) => name === 'Accounts.SignOut')).toBe(false);
  });
});
