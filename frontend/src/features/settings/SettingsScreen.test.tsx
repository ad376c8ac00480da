import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refusal, startTestHost } from '../../backend/testHost';
import type { KeepingView, RegistrationCheck } from '../../backend/types';
import { SettingsScreen } from './SettingsScreen';

configure({ defaultHidden: true, asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 30_000 });

const clientId = '11111111-2222-3333-4444-555555555555';
let keeping: KeepingView;
let kept: string;
let host: ReturnType<typeof startTestHost>;
let posted: { url: string; body: unknown }[];

beforeEach(() => {
  keeping = { mode: 'keyring', locked: false, passphrase: false, sentence: 'The keys rest in the keyring of this computer.' };
  kept = clientId;
  posted = [];
  host = startTestHost({
    'Accounts.Keeping': () => keeping,
    'Accounts.RetryKeyring': () => (keeping = { ...keeping, mode: 'keyring', sentence: 'The keyring answers again.' }),
    'Accounts.SetClientID': (id: string) => { kept = id; },
    'Accounts.CheckRegistration': (): RegistrationCheck => ({
      directory: 'Lumen', authority: 'https://login.example', fault: null,
      checks: [{ what: 'The directory knows the client ID', state: 'ok', sentence: '' }, { what: 'It is a public client', state: 'failed', sentence: 'Set Allow public client flows to Yes.' }],
    }),
    'GetData.Defaults': () => ({ clientId: kept, permissions: [], contents: [], historyChoices: [] }),
    'Shell.Timer': () => ({ supported: false, kind: '', on: false, everyMinutes: 15, entries: [], detail: '', fault: null }),
  });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    posted.push({ url, body: init.body });
    const ok = init.body === 'correct horse battery';
    if (ok) keeping = { ...keeping, mode: 'passphrase', locked: false, passphrase: true, sentence: 'The keys rest under your passphrase.' };
    return new Response(null, { status: ok ? 204 : 403 });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const chosen: string[] = [];
function show(byBrowser = false) {
  chosen.length = 0;
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <FluentProvider theme={webLightTheme}>
        <SettingsScreen theme="light" changeTheme={() => undefined} notifications={{ which: 'failed', change: (which) => chosen.push(which), byBrowser }} background={null} />
      </FluentProvider>
    </QueryClientProvider>,
  );
  return userEvent.setup({ delay: null });
}
const card = async (name: string) => within(await screen.findByRole('region', { name }));

describe('notifications', () => {
  it('are of what needs a person, until another choice is made', async () => {
    const user = show();
    const own = await card('Notifications');
    expect(own.getByRole<HTMLInputElement>('radio', { name: 'What needs you' }).checked).toBe(true);
    await user.click(own.getByRole('radio', { name: 'Every refresh' }));
    expect(chosen).toEqual(['all']);
  });
  it('of a browser ask it for its permission, and say when it does not give it', async () => {
    const asked = vi.fn(() => Promise.resolve('denied' as const));
    vi.stubGlobal('Notification', { permission: 'default', requestPermission: asked });
    const user = show(true);
    const own = await card('Notifications');
    own.getByText(/asks for its permission/);
    await user.click(own.getByRole('radio', { name: 'Every refresh' }));
    expect(asked).toHaveBeenCalledOnce();
    await own.findByText(/does not let this page/);
  });
});

describe('sign-ins at rest', () => {
  it('in the keyring need nothing', async () => {
    show();
    const rest = await card('Sign-ins at rest');
    expect(await rest.findByText('In the keyring')).toBeTruthy();
    expect(rest.queryAllByRole('button')).toEqual([]);
  });

  it('of this session only are kept by a passphrase that is typed twice', async () => {
    keeping = { ...keeping, mode: 'session', sentence: 'No keyring answers.' };
    const user = show();
    const rest = await card('Sign-ins at rest');
    await user.click(await rest.findByRole('button', { name: 'Use a passphrase' }));
    await user.type(rest.getByLabelText('Passphrase'), 'correct horse battery');
    await user.type(rest.getByLabelText('The same once more'), 'correct horse');
    await user.click(rest.getByRole('button', { name: 'Use this passphrase' }));
    expect(rest.getByText('The two are not the same.')).toBeTruthy();
    expect(posted).toEqual([]);
    await user.type(rest.getByLabelText('The same once more'), ' battery{Enter}');
    expect(await rest.findByText('Under your passphrase')).toBeTruthy();
    expect(posted).toEqual([{ url: '/api/passphrase', body: 'correct horse battery' }]);
    expect(host.calls.flat().join(' ')).not.toContain('horse');
  });

  it('that are locked are opened by the passphrase of before, and say when it is the wrong one', async () => {
    keeping = { mode: 'passphrase', locked: true, passphrase: true, sentence: 'Give the passphrase.' };
    const user = show();
    const rest = await card('Sign-ins at rest');
    const field = await rest.findByLabelText<HTMLInputElement>('Passphrase');
    await user.type(field, 'wrong horse{Enter}');
    expect(await rest.findByText('This passphrase does not open the sign-ins on this computer.')).toBeTruthy();
    expect(field.value).toBe('');
    await user.type(field, 'correct horse battery{Enter}');
    expect(await rest.findByText('Under your passphrase')).toBeTruthy();
  });

  it('ask the keyring once more', async () => {
    keeping = { ...keeping, mode: 'session' };
    const user = show();
    const rest = await card('Sign-ins at rest');
    await user.click(await rest.findByRole('button', { name: 'Try the keyring again' }));
    expect(await rest.findByText('The keyring answers again.')).toBeTruthy();
  });
});

describe('the registration', () => {
  it('is stored, and refused where it was typed', async () => {
    host.answer({ 'Accounts.SetClientID': () => Promise.reject(refusal('invalid', 'This is no client ID.', 'Copy it from the overview.')) });
    const user = show();
    const own = await card('Registration');
    const field = await own.findByLabelText('Application (client) ID');
    await user.type(field, '9');
    await user.click(own.getByRole('button', { name: 'Save' }));
    expect(await own.findByText('This is no client ID. Copy it from the overview.')).toBeTruthy();
    host.answer({ 'Accounts.SetClientID': (id: string) => { kept = id; } });
    await user.type(field, '{Backspace}{Backspace}6');
    expect(own.queryByText(/This is no client ID/)).toBeNull();
    await user.click(own.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(kept).toBe(clientId.slice(0, -1) + '6'));
  });

  it('is tested in the directory of an organization, line by line', async () => {
    const user = show();
    const own = await card('Registration');
    expect(await own.findByRole('button', { name: 'Test' })).toHaveProperty('disabled', true);
    await user.type(own.getByLabelText('Organization to test with'), 'lumen');
    await user.click(own.getByRole('button', { name: 'Test' }));
    expect(await own.findByText('Answered by the directory Lumen')).toBeTruthy();
    expect(own.getAllByRole('listitem').map((li) => li.textContent)).toEqual([
      'The directory knows the client ID: yes', 'It is a public client: noSet Allow public client flows to Yes.',
    ]);
    expect(host.calls).toContainEqual(['Accounts.CheckRegistration', clientId, 'lumen', '']);
    await user.type(own.getByLabelText('Organization to test with'), 'x');
    expect(own.queryByText(/Answered by/)).toBeNull();
  });
});
