// What the person fills in before signing in.
import type { ConnectDefaults, ConnectRequest, Content, Method, OrganizationCheck, PatternCheck, Permission } from '../../../backend/types';
import type { Connector } from '../connectors';
import { addPatterns } from '../../../ui/patterns';

export interface Form {
  organization: string;
  patterns: string[];
  /** Text in the field of patterns that is no chip yet. */
  draft: string;
  method: Exclude<Method, 'none'>;
  clientId: string;
  authority: string;
  expect: string;
  /** What was ticked under "What to load"; null while the boxes stand as the program offers them. */
  contents: Content[] | null;
  /** 0 is the program's default, -1 everything. */
  historyMonths: number;
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
    contents: null,
    historyMonths: 0,
  };
}

/** What is ticked now, in the order of the dialog. */
export function tickedContents(form: Form, defaults: ConnectDefaults | undefined): Content[] {
  return form.contents ?? defaults?.contents.filter((c) => c.on).map((c) => c.content) ?? [];
}

/** What the ticked contents need to read. */
export function permissionsOf(form: Form, defaults: ConnectDefaults | undefined): Permission[] {
  const ticked = tickedContents(form, defaults);
  return (defaults?.permissions ?? []).filter((p) => !p.contents?.length || p.contents.some((c) => ticked.includes(c)));
}

/** Every pattern, the one still being typed too. */
export function allPatterns(form: Form): string[] {
  return addPatterns(form.patterns, form.draft);
}

/** Whether the parameters can be used: the program understood the organization and every pattern, and something is to be loaded. */
export function parametersReady(connector: Connector, form: Form, organization: OrganizationCheck | undefined, checks: readonly PatternCheck[]): boolean {
  const patterns = allPatterns(form);
  const understood = connector.sample || organization?.ok === true;
  if (form.contents?.length === 0) return false;
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
    contents: form.contents ?? [],
    historyMonths: form.historyMonths,
    purpose: '',
    datasetId: '',
    account: '',
    switch: false,
    rung: '',
    askConsent: false,
    tokenExpires: '',
  };
}
