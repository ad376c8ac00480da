// Which one button solves a refusal of the sign-in.
import type { Fault, Method } from '../../../backend/types';

export type Solution = 'someoneElse' | 'otherToken' | 'again' | 'name' | 'token' | 'projects' | 'start';

const wantsAnotherPerson = new Set(['not_member', 'anonymous', 'wrong_person', 'identity_changed', 'forbidden', 'sign_in_refused']);
const wantsAnotherName = new Set(['organization_missing', 'invalid', 'stopped']);
const wantsToken = new Set(['oauth_policy_off', 'conditional_access', 'no_browser']);

/** The solution of a fault for the method that was used. */
export function solutionOf({ code, hint }: Pick<Fault, 'code' | 'hint'>, method: Method): Solution {
  if (wantsAnotherName.has(code)) return 'name';
  if (code === 'no_project_matches') return 'projects';
  if (code === 'not_found') return 'start';
  if (method === 'token' && (wantsAnotherPerson.has(code) || code === 'not_signed_in')) return 'otherToken';
  // A directory that no program can sign in to refuses as it refuses a person; its hint tells them apart.
  if (code === 'sign_in_refused' && method === 'oauth' && /personal access token/i.test(hint)) return 'token';
  if (wantsAnotherPerson.has(code)) return 'someoneElse';
  if (wantsToken.has(code) && method === 'oauth') return 'token';
  return 'again';
}

const refused = new Set([...wantsAnotherPerson, 'oauth_policy_off', 'conditional_access', 'disk_full', 'internal']);

/** Danger for what was refused; what only waits for another try is a warning. */
export function toneOf(code: string): 'danger' | 'warning' {
  return refused.has(code) ? 'danger' : 'warning';
}
