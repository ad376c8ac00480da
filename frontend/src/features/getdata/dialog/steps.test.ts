import { describe, expect, it } from 'vitest';
import type { AttemptPhase, AttemptView, FaultAction, OrganizationCheck, PatternCheck } from '../../../backend/types';
import { connectors, type Connector } from '../connectors';
import { countdown } from './countdown';
import { stepOf, trailIndex, type Step } from './flow';
import { newDataset } from './goal';
import { emptyForm, parametersReady, requestOf, type Form, type Known } from './form';
import { isForAdministrator, solutionsOf, toneOf } from './solutions';

const connector = (id: string) => {
  const found = connectors.find((c) => c.id === id);
  if (!found) throw new Error(id);
  return found;
};
const services = connector('azure-devops');
const understood: OrganizationCheck = { ok: true, name: 'corpx', url: 'https://dev.azure.com/corpx', display: 'dev.azure.com/corpx', server: false, fault: null };
const request = (of: Connector, form: Form, known: Partial<Known> = {}) =>
  requestOf(newDataset(of), form, { organization: understood, ownClientId: '', account: null, ...known });
const ok = (text: string): PatternCheck => ({ text, ok: true, suggestion: '', fault: null });

describe('the step on screen', () => {
  it.each<[AttemptPhase, boolean, Step]>([
    ['discovering', false, 'waiting'],
    ['waiting', false, 'waiting'],
    ['token', false, 'waiting'],
    ['proving', false, 'waiting'],
    ['confirm', false, 'identity'],
    ['confirm', true, 'projects'],
    ['storing', true, 'projects'],
    ['failed', false, 'failed'],
    ['canceled', false, 'method'],
  ])('of an attempt that is %s (identity taken: %s) is %s', (phase, accepted, step) => {
    expect(stepOf({ stage: 'attempt', attempt: { phase } as AttemptView, accepted })).toBe(step);
  });
  it('never shows the projects before the identity was taken', () => {
    expect(trailIndex(stepOf({ stage: 'attempt', attempt: { phase: 'confirm' } as AttemptView, accepted: false }))).toBe(2);
  });
});

describe('a sign-in without a new dataset', () => {
  it('ends with the identity card', () => {
    const at = (phase: AttemptPhase, accepted: boolean) => stepOf({ stage: 'attempt', attempt: { phase } as AttemptView, accepted, purpose: 'connection' });
    expect([at('confirm', false), at('confirm', true), at('storing', true), at('accepted', true)]).toEqual(['identity', 'identity', 'identity', 'identity']);
    expect([trailIndex('method', 'account'), trailIndex('waiting', 'account'), trailIndex('identity', 'account')]).toEqual([0, 0, 1]);
  });
});

describe('the parameters', () => {
  const form = { ...emptyForm(newDataset(services)), organization: 'corpx', patterns: ['Harbor*'] };
  it('are ready when the program understood the organization and every pattern', () => {
    expect(parametersReady(services, form, understood, [ok('Harbor*')])).toBe(true);
    expect(parametersReady(services, form, undefined, [ok('Harbor*')])).toBe(false);
    expect(parametersReady(services, form, understood, [])).toBe(false);
    expect(parametersReady(services, { ...form, patterns: [] }, understood, [])).toBe(false);
  });
  it('count the pattern that is still being typed', () => {
    expect(parametersReady(services, { ...form, draft: 'T*st' }, understood, [ok('Harbor*'), { ...ok('T*st'), ok: false }])).toBe(false);
    expect(request(services, { ...form, draft: 'Test*' }).patterns).toEqual(['Harbor*', 'Test*']);
  });
  it('need no organization for the sample, which begins with every project', () => {
    const sample = connector('sample');
    expect(parametersReady(sample, emptyForm(newDataset(sample)), undefined, [ok('*')])).toBe(true);
    expect(request(sample, emptyForm(newDataset(sample)), { organization: undefined, ownClientId: 'own' })).toMatchObject({ source: 'sample', method: 'none', organization: '', clientId: '' });
    expect(request(connector('sample-sign-in'), emptyForm(newDataset(sample)), { organization: undefined })).toMatchObject({ source: 'sampleSignIn', method: 'oauth' });
  });
  it('follow the address, not the card: a server typed into Services is a server', () => {
    expect(request(services, form, { organization: { ...understood, server: true } }).source).toBe('server');
    expect(request(connector('server'), form).source).toBe('azureDevOps');
  });
  it('send the program’s own client id when none was typed, and none with a token', () => {
    expect(request(services, form, { ownClientId: 'own' }).clientId).toBe('own');
    expect(request(services, { ...form, clientId: ' typed ' }, { ownClientId: 'own' }).clientId).toBe('typed');
    expect(request(services, { ...form, method: 'token', clientId: 'typed' }, { ownClientId: 'own' }).clientId).toBe('');
  });
});

describe('a refused sign-in', () => {
  const fault = (code: string, ...actions: FaultAction[]) => ({ code, actions });
  it('offers what the program names, the best first, and leaves the copy to its own place', () => {
    expect(solutionsOf(fault('sign_in_refused', 'useToken', 'copyForAdmin', 'signInElse'), 'oauth')).toEqual(['useToken', 'signInElse']);
    expect(isForAdministrator(fault('sign_in_refused', 'copyForAdmin'))).toBe(true);
    expect(solutionsOf(fault('conditional_access', 'copyForAdmin'), 'oauth')).toEqual(['normalBrowser', 'useToken']);
  });
  it('that names nothing is solved by what its code says', () => {
    expect(solutionsOf(fault('not_member'), 'oauth')).toEqual(['signInElse']);
    expect(solutionsOf(fault('organization_missing'), 'oauth')).toEqual(['editName']);
    expect(solutionsOf(fault('oauth_policy_off'), 'oauth')).toEqual(['useToken']);
    expect(solutionsOf(fault('no_isolation'), 'oauth')).toEqual(['normalBrowser', 'useDeviceCode']);
    expect(solutionsOf(fault('browser_closed'), 'oauth')).toEqual(['retry']);
    expect(solutionsOf(fault('no_project_matches'), 'oauth')).toEqual(['editProjects']);
  });
  it('by a token is solved by another token, once, and what was only out of reach by another try', () => {
    expect(solutionsOf(fault('not_member', 'signInElse', 'useToken', 'askConsent'), 'token')).toEqual(['useToken']);
    expect(solutionsOf(fault('offline', 'retry'), 'token')).toEqual(['retry']);
    expect(solutionsOf(fault('not_found'), 'none')).toEqual(['retry']);
  });
  it('of a connection never leads to a name or to projects that are not asked there', () => {
    expect(solutionsOf(fault('organization_missing', 'editName', 'editProjects'), 'oauth', 'connection')).toEqual(['retry']);
    expect(solutionsOf(fault('organization_missing', 'editName'), 'oauth', 'account')).toEqual(['editName']);
  });
  it('is red only when it was refused', () => {
    expect(toneOf('not_member')).toBe('danger');
    expect(toneOf('sign_in_timeout')).toBe('warning');
  });
});

describe('the time left', () => {
  const at = (s: number) => new Date(s * 1000).toISOString();
  it('counts whole seconds down to zero', () => {
    expect(countdown(at(600), 19_000)).toBe('9:41');
    expect(countdown(at(600), 599_500)).toBe('0:01');
    expect(countdown(at(600), 700_000)).toBe('0:00');
    expect(countdown('', 0)).toBe('');
  });
});
