import { describe, expect, it } from 'vitest';
import { accountAgain, connectionAgain, connectionElse } from './signingIn';
import type { AccountView } from './types';

const account = (more: Partial<AccountView>): AccountView => ({
  key: 't/o', name: 'Mira Okafor', address: 'mira@harborline.example', directory: 'Harborline', kind: 'work', state: 'ended', sentence: '', inUse: true,
  connections: [], ...more,
});
const connection = (datasetId: string, state: 'signedIn' | 'ended' | 'signedOut') => ({ datasetId, name: datasetId, organization: 'harborline', state, bytes: 1 });

describe('signing in again', () => {
  it('begins with the connection that waits, so that it goes on', () => {
    expect(accountAgain(account({ connections: [connection('s1', 'signedIn'), connection('s2', 'ended')] }))).toEqual({ purpose: 'connection', datasetId: 's2' });
  });

  it('is of the account alone when nothing uses it', () => {
    expect(accountAgain(account({}))).toEqual({ purpose: 'account', account: 't/o' });
  });
});

it('only a move asks for somebody else', () => {
  expect(connectionAgain('s1').switch).toBeUndefined();
  expect(connectionElse('s1')).toMatchObject({ datasetId: 's1', switch: true });
});
