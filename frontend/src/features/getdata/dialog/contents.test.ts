import { describe, expect, it } from 'vitest';
import type { ConnectDefaults, Content } from '../../../backend/types';
import { connectors } from '../connectors';
import { newDataset } from './goal';
import { tokenScopes } from './texts';
import { emptyForm, parametersReady, permissionsOf, requestOf, tickedContents, type Form } from './form';

const view = (content: Content, on = true) => ({ content, name: content, sentence: '', on });
const defaults: ConnectDefaults = {
  clientId: '',
  contents: [view('workItems'), view('git'), view('pipelines'), view('tfvc', false)],
  historyChoices: [{ months: 12, label: '1 year' }, { months: 24, label: '2 years' }],
  permissions: [
    { name: 'Work items (read)', sentence: '', contents: ['workItems'] },
    { name: 'Code (read)', sentence: '', contents: ['git', 'pullRequests', 'tfvc'] },
    { name: 'Profile (read)', sentence: '', contents: null },
  ],
};
const [services] = connectors;
if (!services) throw new Error('there is no connector');
const form = { ...emptyForm(newDataset(services)), organization: 'corpx', patterns: ['Harbor*'] };
const understood = { ok: true, name: 'corpx', url: '', display: '', server: false, fault: null };
const request = (more: Partial<Form> = {}) =>
  requestOf(newDataset(services), { ...form, ...more }, { organization: understood, ownClientId: '', account: null });
const ready = (contents: Content[] | null) =>
  parametersReady(services, { ...form, contents }, understood, [{ text: 'Harbor*', ok: true, suggestion: '', fault: null }]);

describe('what to load', () => {
  it('begins as the program offers it, and is then left to the program', () => {
    expect(tickedContents(form, defaults)).toEqual(['workItems', 'git', 'pipelines']);
    expect(request()).toMatchObject({ contents: [], historyMonths: 0 });
  });
  it('is what was ticked', () => {
    expect(request({ contents: ['git'], historyMonths: -1 })).toMatchObject({ contents: ['git'], historyMonths: -1 });
  });
  it('holds at least one', () => {
    expect([ready(null), ready(['tests']), ready([])]).toEqual([true, true, false]);
  });
  it('decides what will be read', () => {
    const names = (contents: Content[]) => permissionsOf({ ...form, contents }, defaults).map((p) => p.name);
    expect(names(['workItems'])).toEqual(['Work items (read)', 'Profile (read)']);
    expect(names(['tfvc'])).toEqual(['Code (read)', 'Profile (read)']);
  });
  it('decides the scopes of a token, each once', () => {
    expect(tokenScopes(['git', 'pullRequests', 'tests'])).toEqual(['Work Items (Read)', 'Project and Team (Read)', 'User Profile (Read)', 'Code (Read)', 'Test Management (Read)']);
  });
});
