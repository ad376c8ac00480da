import { describe, expect, it } from 'vitest';
import type { AccountView, AttemptView, DatasetView, OrganizationCheck, Rung } from '../../../backend/types';
import { connectors } from '../connectors';
import { emptyForm, expectedOf, methodOf, requestOf, tokenEndReady, type Known } from './form';
import { newDataset, type Goal } from './goal';
import { keepsWords } from './IdentityCard';
import { chosenAccount, offeredAccounts } from './knownAccounts';
import { isReady, needsClientId } from './methodReady';
import { goalOf } from './SignInDialog';
import { identity as words, waiting } from './texts';
import { unencryptedHost } from './unencrypted';
import { otherWays } from './Ways';
import { claimOf, saying, windowWords } from './waitWords';

const [services] = connectors;
if (!services) throw new Error('there is no connector');
const goal = newDataset(services);
const clientId = '11111111-2222-3333-4444-555555555555';
const account = (a: Partial<AccountView>): AccountView => ({
  key: 'h/mira', name: 'Mira Okafor', address: 'mira@harborline.example', directory: 'Harborline', kind: 'work', state: 'signedIn', sentence: '', inUse: true, connections: [], ...a,
});
const mira = account({});
const priya = account({ key: 't/priya', name: 'Priya Nair', address: 'priya@tidewater.example', inUse: false });
const ended = account({ key: 'h/elias', address: 'elias@harborline.example', state: 'ended', inUse: false });
const understood = (url: string): OrganizationCheck => ({ ok: true, name: 'harborline', url, display: '', server: false, fault: null });
const known = (more: Partial<Known> = {}): Known => ({ organization: understood('https://dev.azure.com/harborline'), ownClientId: clientId, account: null, ...more });

describe('the accounts of this computer', () => {
  it('are offered for a new dataset and for a move, but not where only one person is taken', () => {
    const all = [mira, priya, account({ key: 'sample', state: 'none' })];
    expect(offeredAccounts(goal, all, 'harborline')).toEqual([mira, priya]);
    const again: Goal = { ...goal, purpose: 'connection', given: { account: mira.key } };
    expect(offeredAccounts(again, all, 'harborline')).toEqual([]);
    expect(offeredAccounts({ ...again, given: { account: mira.key, switch: true } }, all, 'harborline')).toEqual([priya]);
    expect(offeredAccounts({ ...goal, purpose: 'account' }, all, '')).toEqual([]);
  });
  it('that are tokens are offered for their own organization only', () => {
    const token = account({ key: 'pat', kind: 'token', connections: [{ datasetId: 's1', name: 'x', organization: 'harborline', state: 'signedIn', bytes: 1 }] });
    expect(offeredAccounts(goal, [token], 'harborline')).toEqual([token]);
    expect(offeredAccounts(goal, [token], 'tidewater')).toEqual([]);
    expect(offeredAccounts(goal, [{ ...token, state: 'ended' }], 'harborline')).toEqual([]);
    expect(methodOf(goal, emptyForm(goal), token)).toBe('token');
  });
  it('begin with the one in use, unless its sign-in has ended or another one is the point', () => {
    const form = emptyForm(goal);
    expect(chosenAccount(goal, form, [priya, mira])).toBe(mira);
    expect(chosenAccount(goal, form, [{ ...mira, state: 'ended' }])).toBeNull();
    expect(chosenAccount(goal, { account: priya.key }, [priya, mira])).toBe(priya);
    expect(chosenAccount(goal, { account: '' }, [priya, mira])).toBeNull();
    expect(chosenAccount({ ...goal, purpose: 'connection', given: { switch: true } }, form, [mira])).toBeNull();
  });
});

describe('the request', () => {
  const form = { ...emptyForm(goal), organization: 'harborline', patterns: ['*'], clientId, rung: 'deviceCode' as const };
  it('names an account whose sign-in is kept, and expects its person', () => {
    expect(requestOf(goal, { ...form, rung: '' }, known({ account: mira }))).toMatchObject({ account: mira.key, expect: mira.address, method: 'oauth', clientId: '', rung: '' });
    expect(requestOf(goal, form, known({ account: mira })), 'unless another way was chosen').toMatchObject({ account: mira.key, clientId, rung: 'deviceCode' });
  });
  it('of an account whose sign-in has ended expects its person at a new sign-in', () => {
    expect(requestOf(goal, form, known({ account: ended }))).toMatchObject({ account: ended.key, expect: ended.address, clientId, rung: 'deviceCode' });
    expect(requestOf(goal, { ...form, rung: '' }, known({ account: ended })).rung).toBe('isolated');
  });
  it('of another account carries what was typed', () => {
    expect(requestOf(goal, { ...form, expect: ' x@y.example ' }, known())).toMatchObject({ account: '', expect: 'x@y.example', clientId, rung: 'deviceCode' });
  });
  it('of a token carries the day it ends, and no way to a browser', () => {
    const token = { ...form, method: 'token' as const, tokenExpires: '2027-01-31' };
    expect(requestOf(goal, token, known())).toMatchObject({ tokenExpires: '2027-01-31', rung: '', clientId: '' });
    expect(requestOf(goal, { ...token, tokenEndUnknown: true }, known()).tokenExpires).toBe('');
  });
});

describe('a request to sign in again', () => {
  const dataset = { id: 's1', name: 'harborline / Harbor*', organization: 'harborline', url: 'https://dev.azure.com/harborline', patterns: ['Harbor*'], accountKey: mira.key, address: mira.address, person: mira.name, server: false, sample: false } as DatasetView;
  it('takes what it leaves out from the dataset and its account', () => {
    const again = goalOf({ purpose: 'connection', datasetId: 's1' }, dataset, [mira]);
    expect(again).toMatchObject({ dataset: dataset.name, patterns: ['Harbor*'], person: { name: mira.name, address: mira.address } });
    const request = requestOf(again, emptyForm(again), known());
    expect(request).toMatchObject({ purpose: 'connection', datasetId: 's1', account: mira.key, switch: false, expect: mira.address, source: 'azureDevOps', clientId: '' });
    expect(isReady({ goal: again, form: emptyForm(again), account: null, organization: undefined, defaults: undefined, hasToken: false, today: '2026-11-23' })).toBe(true);
  });
  it('asks for a token where the account is one', () => {
    const again = goalOf({ purpose: 'connection', datasetId: 's1' }, dataset, [{ ...mira, kind: 'token' }]);
    expect(emptyForm(again).method).toBe('token');
  });
  it('to move a connection expects nobody until somebody is chosen', () => {
    const move = goalOf({ purpose: 'connection', datasetId: 's1', switch: true }, dataset, [mira, priya]);
    expect(move.person).toBeUndefined();
    expect(requestOf(move, emptyForm(move), known())).toMatchObject({ account: '', switch: true, expect: '' });
    expect(requestOf(move, emptyForm(move), known({ account: priya }))).toMatchObject({ account: priya.key, switch: true, expect: priya.address });
  });
  it('for an account asks for an organization or a directory, and for a client id', () => {
    const add = goalOf({ purpose: 'account' }, undefined, []);
    const filled = { goal: add, account: null, organization: undefined, defaults: undefined, hasToken: false, today: '2026-11-23' };
    const form = { ...emptyForm(add), clientId };
    expect(isReady({ ...filled, form })).toBe(false);
    expect(isReady({ ...filled, form: { ...form, authority: 'https://login.example/t' } })).toBe(true);
    expect(isReady({ ...filled, form: { ...form, organization: 'harborline' }, organization: understood('https://dev.azure.com/harborline') })).toBe(true);
    expect(needsClientId({ goal: add, form, account: null, defaults: { clientId: '', permissions: [], contents: [], historyChoices: [] } })).toBe(true);
  });
  it('expects its own person whatever was typed before', () => {
    const again = goalOf({ purpose: 'connection', datasetId: 's1' }, dataset, [mira]);
    expect(expectedOf(again, { ...emptyForm(again), expect: 'other@x.example' }, null)).toBe(mira.address);
  });
});

describe('a personal access token', () => {
  const form = emptyForm(goal);
  it('is asked for its last day, and takes that nobody knows it', () => {
    expect(tokenEndReady(form, '2026-11-23')).toBe(false);
    expect(tokenEndReady({ ...form, tokenExpires: '2026-11-22' }, '2026-11-23')).toBe(false);
    expect(tokenEndReady({ ...form, tokenExpires: '2026-11-23' }, '2026-11-23')).toBe(true);
    expect(tokenEndReady({ ...form, tokenEndUnknown: true }, '2026-11-23')).toBe(true);
  });
  it('is warned about before it travels unencrypted to another computer', () => {
    expect(unencryptedHost(understood('http://tfs.example:8080/tfs/Main'))).toBe('tfs.example:8080');
    for (const url of ['https://tfs.example/tfs', 'http://localhost:1/s', 'http://127.0.0.1:1/s', 'http://[::1]:1/s']) expect(unencryptedHost(understood(url))).toBe('');
    expect(unencryptedHost(undefined)).toBe('');
    const filled = { goal, account: null, organization: understood('http://tfs.example/tfs'), defaults: undefined, hasToken: true, today: '2026-11-23' };
    const token = { ...form, method: 'token' as const, tokenEndUnknown: true };
    expect(isReady({ ...filled, form: token })).toBe(false);
    expect(isReady({ ...filled, form: { ...token, allowPlain: true } })).toBe(true);
  });
});

describe('the wait', () => {
  it.each<[Rung, boolean, string]>([
    ['isolated', true, 'isolated'],
    ['isolated', false, 'notProved'],
    ['isolatedWithoutPrivate', true, 'isolated'],
    ['ephemeral', true, 'isolated'],
    ['system', false, 'notClaimed'],
    ['system', true, 'notClaimed'],
    ['copyLink', false, 'notClaimed'],
    ['deviceCode', false, 'notClaimed'],
    ['silent', false, 'none'],
  ])('on %s, verified %s, claims %s', (rung, isolated, claim) => {
    expect(claimOf({ rung, isolated })).toBe(claim);
  });
  it('names the window of each rung', () => {
    expect(windowWords({ rung: 'system', browser: 'Firefox' })).toBe('Firefox, your own profile');
    expect(windowWords({ rung: 'deviceCode', browser: '' })).toBe(waiting.windowNone);
    expect(windowWords({ rung: 'isolatedWithoutPrivate', browser: 'Chromium' })).toBe('Chromium, own throw-away profile');
  });
  it('offers every way but the one that runs, and a token only where one can be used', () => {
    expect(otherWays([], 'copyLink', true).map((w) => w.rung)).toEqual(['system', 'deviceCode', 'token']);
    expect(otherWays([], 'isolated', false).map((w) => w.rung)).toEqual(['system', 'copyLink', 'deviceCode']);
    const best = { rung: 'isolated' as const, name: 'A separate window', sentence: '', isolated: true, fault: '' };
    expect(otherWays([best], 'deviceCode', false)).toEqual([best]);
  });
  it('says why a lower rung was taken before what it is', () => {
    const at = { phase: 'waiting', rung: 'copyLink', notice: 'No browser was found.', organization: 'harborline', url: '' } as AttemptView;
    expect(saying(at).text).toBe(`No browser was found. ${waiting.copyLink}`);
    expect(saying({ ...at, rung: 'silent', phase: 'proving' }).title).toBe(waiting.silent);
  });
});

describe('the card', () => {
  it('never promises to keep what ends with the program', () => {
    expect(keepsWords({ keeping: 'keyring' }, undefined)).toBe(words.keepsHow.keyring);
    expect(keepsWords({ keeping: 'keyring' }, { mode: 'session', locked: false, passphrase: false, sentence: '' })).toBe(words.keepsHow.session);
    expect(keepsWords({ keeping: 'session' }, { mode: 'session', locked: true, passphrase: true, sentence: '' })).toBe(words.keepsLocked);
    expect(keepsWords({ keeping: 'session' }, { mode: 'passphrase', locked: false, passphrase: true, sentence: '' })).toBe(words.keepsHow.passphrase);
  });
});
