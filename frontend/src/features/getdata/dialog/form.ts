// What the person fills in before signing in.
import type { AccountView, ConnectDefaults, ConnectRequest, Content, Method, OrganizationCheck, PatternCheck, Permission } from '../../../backend/types';
import { addPatterns } from '../../../ui/patterns';
import type { Connector } from '../connectors';
import { isSamePerson, type Goal } from './goal';
import { isKept } from './knownAccounts';

export interface Form {
  organization: string;
  patterns: string[];
  /** Text in the field of patterns that is no chip yet. */
  draft: string;
  /** Key of the chosen account, '' for another one; null while nobody chose. */
  account: string | null;
  method: Exclude<Method, 'none'>;
  /** The way to the sign-in page; '' is the best there is. */
  rung: ConnectRequest['rung'];
  clientId: string;
  authority: string;
  expect: string;
  /** The day on which the access token ends. */
  tokenExpires: string;
  /** The person does not know that day. */
  tokenEndUnknown: boolean;
  /** The token may travel unencrypted. */
  allowPlain: boolean;
  /** What was ticked under "What to load"; null while the boxes stand as the program offers them. */
  contents: Content[] | null;
  /** 0 is the program's default, -1 everything. */
  historyMonths: number;
}

export function emptyForm({ connector, given }: Goal): Form {
  return {
    organization: given.organization ?? '',
    patterns: connector.sample ? ['*'] : [],
    draft: '',
    account: null,
    method: given.method === 'token' || (given.method === undefined && connector.source === 'server') ? 'token' : 'oauth',
    rung: given.rung ?? '',
    clientId: given.clientId ?? '',
    authority: given.authority ?? '',
    expect: given.expect ?? '',
    tokenExpires: '',
    tokenEndUnknown: false,
    allowPlain: false,
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

/** The end of a token was told, or that it is not known. `today` is a day, 2026-11-23. */
export function tokenEndReady(form: Form, today: string): boolean {
  return form.tokenEndUnknown || (form.tokenExpires !== '' && form.tokenExpires >= today);
}

/** What the request of a form also depends on. */
export interface Known {
  organization: OrganizationCheck | undefined;
  /** The program's own registration, for a client ID that was not typed. */
  ownClientId: string;
  /** The account that was chosen, or null for another one. */
  account: AccountView | null;
}

/** The request of a form. The address decides between Services and Server, not the card that was clicked. */
export function requestOf(goal: Goal, form: Form, { organization, ownClientId, account }: Known): ConnectRequest {
  const { connector, given } = goal;
  const method = methodOf(goal, form, account);
  // A kept sign-in brings its own registration and directory, and so does a connection that is signed in for again.
  const asks = method === 'oauth' && !connector.sample && !isSilent(form, account);
  return {
    source: given.source ?? (connector.sample ? connector.source : organization?.server ? 'server' : 'azureDevOps'),
    organization: connector.sample ? '' : form.organization.trim(),
    patterns: goal.purpose === '' ? allPatterns(form) : [],
    method,
    clientId: asks ? form.clientId.trim() || (goal.purpose === 'connection' ? '' : ownClientId) : '',
    authority: asks ? form.authority.trim() : '',
    expect: expectedOf(goal, form, account),
    contents: form.contents ?? [],
    historyMonths: form.historyMonths,
    purpose: goal.purpose,
    datasetId: given.datasetId ?? '',
    account: account?.key ?? (given.switch ? '' : (given.account ?? '')),
    switch: given.switch ?? false,
    rung: rungOf(form, method, account),
    askConsent: given.askConsent ?? false,
    tokenExpires: method === 'token' && !account && !form.tokenEndUnknown ? form.tokenExpires : '',
    allowPlain: method === 'token' && form.allowPlain,
  };
}

/** How this form signs in. */
export function methodOf({ connector }: Goal, form: Form, account: AccountView | null): Method {
  if (connector.source === 'sample') return 'none';
  if (account) return account.kind === 'token' ? 'token' : 'oauth';
  return connector.sample ? 'oauth' : form.method;
}

/** The address of the person that is expected, or ''. */
export function expectedOf(goal: Goal, form: Form, account: AccountView | null): string {
  return account?.address ?? (isSamePerson(goal) ? (goal.given.expect ?? '') : form.expect.trim());
}

/** The sign-in of the account is kept and is used: no browser opens. Whoever chose a way to sign in signs in. */
export function isSilent(form: Pick<Form, 'rung'>, account: AccountView | null): boolean {
  return account !== null && isKept(account) && form.rung === '';
}

// An account whose sign-in has ended is signed in to at once, instead of being refused first.
function rungOf(form: Form, method: Method, account: AccountView | null): Form['rung'] {
  if (method !== 'oauth') return '';
  return form.rung === '' && account && !isKept(account) ? 'isolated' : form.rung;
}
