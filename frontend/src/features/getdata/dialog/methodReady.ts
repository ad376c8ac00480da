// Whether a sign-in can begin with what was filled in.
import type { AccountView, ConnectDefaults, OrganizationCheck } from '../../../backend/types';
import { isClientId, isSilent, methodOf, tokenEndReady, type Form } from './form';
import type { Goal } from './goal';
import { unencryptedHost } from './unencrypted';

export interface Filled {
  goal: Goal;
  form: Form;
  account: AccountView | null;
  organization: OrganizationCheck | undefined;
  defaults: ConnectDefaults | undefined;
  hasToken: boolean;
  /** The day it is, 2026-11-23. */
  today: string;
}

/** A client ID must be typed: the program has none of its own and no earlier sign-in holds one. */
export function needsClientId({ goal, form, account, defaults }: Pick<Filled, 'goal' | 'form' | 'account' | 'defaults'>): boolean {
  if (goal.connector.sample || goal.purpose === 'connection' || (goal.purpose === 'account' && goal.given.account)) return false;
  return !isSilent(form, account) && defaults?.clientId === '';
}

export function isReady(filled: Filled): boolean {
  const { goal, form, account, organization, hasToken, today } = filled;
  if (goal.connector.sample || isSilent(form, account)) return true;
  if (!somewhere(goal, form, organization)) return false;
  if (methodOf(goal, form, account) === 'token') return hasToken && tokenEndReady(form, today) && (form.allowPlain || !unencryptedHost(organization));
  const typed = form.clientId.trim();
  return typed === '' ? !needsClientId(filled) : isClientId(typed);
}

// The first step asked for the organization of a new dataset; a connection and a known account bring theirs.
function somewhere(goal: Goal, form: Form, organization: OrganizationCheck | undefined): boolean {
  if (goal.purpose !== 'account' || goal.given.account) return true;
  if (form.organization.trim() !== '') return organization?.ok === true;
  return form.method === 'oauth' && form.authority.trim() !== '';
}
