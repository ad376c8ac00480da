// What a person can do about a sign-in that was refused, the best first.
import type { Fault, FaultAction, Method } from '../../../backend/types';
import type { Goal } from './goal';

// For refusals that name no action themselves.
const byCode: Record<string, readonly FaultAction[]> = {
  not_member: ['signInElse'],
  anonymous: ['signInElse'],
  wrong_person: ['signInElse'],
  identity_changed: ['signInElse'],
  forbidden: ['signInElse'],
  sign_in_refused: ['signInElse', 'useToken'],
  not_signed_in: ['signInAgain'],
  organization_missing: ['editName'],
  invalid: ['editName'],
  stopped: ['editName'],
  no_project_matches: ['editProjects'],
  oauth_policy_off: ['useToken'],
  conditional_access: ['normalBrowser', 'useToken'],
  no_browser: ['useDeviceCode', 'useToken'],
  no_isolation: ['normalBrowser', 'useDeviceCode'],
};

// What signs in anew: with a token each of them means the same, another token.
const signsIn = new Set<FaultAction>(['signInElse', 'signInAgain', 'normalBrowser', 'useDeviceCode', 'useToken', 'askConsent', 'retry']);
const goesBack = new Set<FaultAction>(['editName', 'editProjects']);

/** The actions that stand as buttons, the first as the large one; never none. `copyForAdmin` has its own place. */
export function solutionsOf(fault: Pick<Fault, 'code' | 'actions'>, method: Method, purpose: Goal['purpose'] = ''): FaultAction[] {
  const named = fault.actions.filter((a) => a !== 'copyForAdmin');
  const wanted = named.length > 0 ? named : (byCode[fault.code] ?? ['retry']);
  const possible = wanted.filter((a) => purpose === '' || !goesBack.has(a) || (purpose === 'account' && a === 'editName'));
  const all = method === 'oauth' ? possible : possible.map((a) => (signsIn.has(a) ? otherwise(fault.code, method) : a));
  return all.length > 0 ? [...new Set(all)] : ['retry'];
}

// The sample has nobody to be somebody else; a token that could not even be tried may be tried again.
function otherwise(code: string, method: Method): FaultAction {
  return method === 'token' && !waits.has(code) ? 'useToken' : 'retry';
}

// Nothing was refused: the same can be tried again later.
const waits = new Set(['offline', 'timeout', 'throttled', 'bad_answer', 'internal', 'canceled']);

/** The fault tells an administrator something. */
export function isForAdministrator(fault: Pick<Fault, 'actions'>): boolean {
  return fault.actions.includes('copyForAdmin');
}

const refused = new Set(['not_member', 'anonymous', 'wrong_person', 'identity_changed', 'forbidden', 'sign_in_refused', 'oauth_policy_off', 'conditional_access', 'disk_full', 'internal']);

/** Danger for what was refused; what only waits for another try is a warning. */
export function toneOf(code: string): 'danger' | 'warning' {
  return refused.has(code) ? 'danger' : 'warning';
}
