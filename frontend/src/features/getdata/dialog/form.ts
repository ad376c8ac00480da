// What the person fills in before signing in.
import type { ConnectRequest, Method, OrganizationCheck, PatternCheck } from '../../../backend/types';
import type { Connector } from '../connectors';
import { addPatterns } from '../patterns';

export interface Form {
  organization: string;
  patterns: string[];
  /** Text in the field of patterns that is no chip yet. */
  draft: string;
  method: Exclude<Method, 'none'>;
  clientId: string;
  authority: string;
  expect: string;
}

export function emptyForm(connector: Connector): Form {
  return {
    organization: '',
    patterns: connector.sample ? ['*'] : [],
    draft: '',
    method: connector.source === 'server' ? 'token' : 'oauth',
    clientId: '',
    authority: '',
    expect: '',
  };
}

/** Every pattern, the one still being typed too. */
export function allPatterns(form: Form): string[] {
  return addPatterns(form.patterns, form.draft);
}

/** Whether the parameters can be used: the program understood the organization and every pattern. */
export function parametersReady(connector: Connector, form: Form, organization: OrganizationCheck | undefined, checks: readonly PatternCheck[]): boolean {
  const patterns = allPatterns(form);
  const understood = connector.sample || organization?.ok === true;
  return understood && patterns.length > 0 && patterns.every((text) => checks.some((c) => c.ok && c.text === text));
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A client ID is the GUID of a registration. */
export function isClientId(text: string): boolean {
  return guid.test(text.trim());
}

/** The request of a form; `ownClientId` stands in for one that was not typed. The address decides between Services and Server, not the card that was clicked. */
export function requestOf(connector: Connector, form: Form, organization: OrganizationCheck | undefined, ownClientId: string): ConnectRequest {
  const source = connector.sample ? connector.source : organization?.server ? 'server' : 'azureDevOps';
  const method: Method = connector.source === 'sample' ? 'none' : connector.sample ? 'oauth' : form.method;
  const oauth = method === 'oauth' && !connector.sample;
  return {
    source,
    organization: connector.sample ? '' : form.organization.trim(),
    patterns: allPatterns(form),
    method,
    clientId: oauth ? form.clientId.trim() || ownClientId : '',
    authority: oauth ? form.authority.trim() : '',
    expect: form.expect.trim(),
  };
}
