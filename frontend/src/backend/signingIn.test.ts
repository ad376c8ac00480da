import { describe, expect, it } from 'vitest';
import { accountAgain, connectionAgain, connectionElse } from './signingIn';
import type { AccountView } from './types';

const account = (more: Partial<AccountView>): AccountView => ({
  key: 't/o', name: 'Mira Okafor', address: 'mira@harborline.example', directory: 'Harborline', kind: 'work', state: 'ended', sentence: '', inUse: true,
  connections: [], ...more,
});
const connection = (datasetId: string, state: 'signedIn' | 'ended' | 'signedOut') => ({ datasetId, name: datasetId, organization: 'harborline', state, bytes: 1 });
const dataset = {
  id: 's1', url: 'https://dev.azure.com/harborline', organization: 'harborline', server: false, sample: false, accountKey: 't/o',
  address: 'mira@harborline.example', patterns: ['Harbor*'],
};

describe('signing in again', () => {
  it('begins with the connection that waits, so that it goes on', () => {
    const request = accountAgain(account({ connections: [connection('s1', 'signedIn'), connection('s2', 'ended')] }));
    expect(request).toMatchObject({ purpose: 'connection', datasetId: 's2', account: 't/o', expect: 'mira@harborline.example' });
    expect(request.switch).toBeUndefined();
  });

  it('is of the account alone when nothing uses it', () => {
    expect(accountAgain(account({}))).toEqual({ purpose: 'account', account: 't/o', expect: 'mira@harborline.example', method: 'oauth' });
  });

  it('asks for a token where there was a token', () => {
    expect(accountAgain(account({ kind: 'token', connections: [connection('s1', 'ended')] })).method).toBe('token');
  });

  it('expects the person of the dataset', () => {
    expect(connectionAgain(dataset)).toMatchObject({ datasetId: 's1', account: 't/o', expect: 'mira@harborline.example', source: 'azureDevOps' });
  });
});

it('moving a dataset expects nobody', () => {
  const request = connectionElse(dataset);
  expect(request).toMatchObject({ purpose: 'connection', datasetId: 's1', switch: true });
  expect(request.expect).toBeUndefined();
});
