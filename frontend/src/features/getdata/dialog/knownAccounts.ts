// The accounts of this computer that can be offered, and the one that is offered first.
import type { AccountView } from '../../../backend/types';
import type { Form } from './form';
import { isMove, type Goal } from './goal';

/** Its sign-in is kept here and still good: no browser is needed. */
export function isKept(account: AccountView): boolean {
  return account.state === 'signedIn' || account.state === 'expiring';
}

/** Accounts for a new dataset, or to move a connection to. An access token opens the organization it was made for and no other. */
export function offeredAccounts(goal: Goal, all: readonly AccountView[] | undefined, organization: string): AccountView[] {
  if (goal.purpose !== '' && !isMove(goal)) return [];
  const opens = (a: AccountView) => a.kind !== 'token' || (isKept(a) && a.connections.some((c) => c.organization === organization));
  return (all ?? []).filter((a) => a.state !== 'none' && a.key !== goal.given.account && opens(a));
}

/** The account that is chosen now, or null for one that is not known yet. Until somebody chooses it is the one in use, if its sign-in is good. */
export function chosenAccount(goal: Goal, form: Pick<Form, 'account'>, offered: readonly AccountView[]): AccountView | null {
  if (form.account !== null) return offered.find((a) => a.key === form.account) ?? null;
  // Another account is what a move is for, and a server of one's own knows its own people.
  if (isMove(goal) || goal.connector.source === 'server') return null;
  return offered.find((a) => a.inUse && isKept(a)) ?? null;
}
