import { describe, expect, it } from 'vitest';
import type { AttemptPhase, AttemptView, OrganizationCheck, PatternCheck } from '../../../backend/types';
import { connectors } from '../connectors';
import { countdown } from './countdown';
import { stepOf, trailIndex, type Step } from './flow';
import { emptyForm, parametersReady, requestOf } from './form';
import { solutionOf, toneOf } from './solutions';

const connector = (id: string) => {
  const found = connectors.find((c) => c.id === id);
  if (!found) throw new Error(id);
  return found;
};
const services = connector('azure-devops');
const understood: OrganizationCheck = { ok: true, name: 'corpx', url: 'https://dev.azure.com/corpx', display: 'dev.azure.com/corpx', server: false, fault: null };
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

describe('the parameters', () => {
  const form = { ...emptyForm(services), organization: 'corpx', patterns: ['Harbor*'] };
  it('are ready when the program understood the organization and every pattern', () => {
    expect(parametersReady(services, form, understood, [ok('Harbor*')])).toBe(true);
    expect(parametersReady(services, form, undefined, [ok('Harbor*')])).toBe(false);
    expect(parametersReady(services, form, understood, [])).toBe(false);
    expect(parametersReady(services, { ...form, patterns: [] }, understood, [])).toBe(false);
  });
  it('count the pattern that is still being typed', () => {
    expect(parametersReady(services, { ...form, draft: 'T*st' }, understood, [ok('Harbor*'), { ...ok('T*st'), ok: false }])).toBe(false);
    expect(requestOf(services, { ...form, draft: 'Test*' }, understood, '').patterns).toEqual(['Harbor*', 'Test*']);
  });
  it('need no organization for the sample, which begins with every project', () => {
    const sample = connector('sample');
    expect(parametersReady(sample, emptyForm(sample), undefined, [ok('*')])).toBe(true);
    expect(requestOf(sample, emptyForm(sample), undefined, 'own')).toMatchObject({ source: 'sample', method: 'none', organization: '', clientId: '' });
    expect(requestOf(connector('sample-sign-in'), emptyForm(sample), undefined, '')).toMatchObject({ source: 'sampleSignIn', method: 'oauth' });
  });
  it('follow the address, not the card: a server typed into Services is a server', () => {
    expect(requestOf(services, form, { ...understood, server: true }, '').source).toBe('server');
    expect(requestOf(connector('server'), form, understood, '').source).toBe('azureDevOps');
  });
  it('send the program’s own client id when none was typed, and none with a token', () => {
    expect(requestOf(services, form, understood, 'own').clientId).toBe('own');
    expect(requestOf(services, { ...form, clientId: ' typed ' }, understood, 'own').clientId).toBe('typed');
    expect(requestOf(services, { ...form, method: 'token', clientId: 'typed' }, understood, 'own').clientId).toBe('');
  });
});

describe('a refused sign-in', () => {
  const fault = (code: string, hint = '') => ({ code, hint });
  it('is solved by another person, another name, another method or another try', () => {
    expect(solutionOf(fault('not_member'), 'oauth')).toBe('someoneElse');
    expect(solutionOf(fault('not_member'), 'token')).toBe('otherToken');
    expect(solutionOf(fault('organization_missing'), 'oauth')).toBe('name');
    expect(solutionOf(fault('oauth_policy_off'), 'oauth')).toBe('token');
    expect(solutionOf(fault('browser_closed'), 'oauth')).toBe('again');
    expect(solutionOf(fault('sign_in_timeout'), 'oauth')).toBe('again');
    expect(solutionOf(fault('consent_declined'), 'oauth')).toBe('again');
    expect(solutionOf(fault('no_project_matches'), 'oauth')).toBe('projects');
  });
  it('of a directory that no program can sign in to asks for a token', () => {
    expect(solutionOf(fault('sign_in_refused', 'Connect with a personal access token instead.'), 'oauth')).toBe('token');
    expect(solutionOf(fault('sign_in_refused', 'Sign in as someone else.'), 'oauth')).toBe('someoneElse');
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
