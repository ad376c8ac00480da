// The way through the dialog: what was filled in, the running sign-in, and the steps a person can take.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { accounts as backend, getData } from '../../../backend/api';
import type { AttemptView, ConnectRequest, FaultAction, SignInWay } from '../../../backend/types';
import { useSettled } from '../../../ui/useSettled';
import { stepOf, type Stage } from './flow';
import { emptyForm, methodOf, requestOf, type Form } from './form';
import type { Goal } from './goal';
import { chosenAccount, offeredAccounts } from './knownAccounts';
import { useAttempt, useTokenHandOver } from './useAttempt';

export interface Ends {
  close: () => void;
  /** What the dialog was opened for is done. */
  done: (attempt: AttemptView) => void;
  /** Opens the guide to a registration. */
  guide?: () => void;
}

export function useConnectFlow(goal: Goal, { close, done, guide }: Ends) {
  const first = goal.purpose === '' ? 'parameters' : 'method';
  const [form, setForm] = useState(() => emptyForm(goal));
  const [stage, setStage] = useState<Stage>(first);
  const [accepted, setAccepted] = useState<{ anyway: boolean } | null>(null);
  const tries = useAttempt();
  const { attempt } = tries;
  const token = useTokenHandOver(attempt);
  const organization = useOrganization(goal.connector.sample ? '' : form.organization);
  const { data: defaults } = useQuery({ queryKey: ['connectDefaults'], queryFn: getData.defaults });
  const { data: known } = useQuery({ queryKey: ['accounts'], queryFn: backend.list, retry: false });
  const offered = offeredAccounts(goal, known?.accounts, goal.connector.sample ? 'sample' : (organization?.name ?? ''));
  const account = chosenAccount(goal, form, offered);
  const method = methodOf(goal, form, account);

  const whole = attempt?.phase === 'accepted' ? attempt : null;
  useEffect(() => {
    if (whole) done(whole);
  }, [whole, done]);

  const goBack = (to: Stage) => {
    tries.end();
    token.keep('');
    setAccepted(null);
    setStage(to);
  };
  const accept = (anyway: boolean) => attempt && tries.accept.mutate({ of: attempt.id, anyway });
  return {
    form,
    setForm,
    method,
    organization,
    defaults,
    /** The accounts that can be chosen, and the one that is; null is another one. */
    offered,
    account,
    attempt,
    tries,
    token,
    step: token.fault ? ('failed' as const) : stepOf({ stage, attempt, accepted: accepted !== null, purpose: goal.purpose }),
    goBack,
    someoneElse,
    /** Leaves the parameters: to the choice of a method, or on at once where there is none. */
    next: () => (goal.connector.source === 'sample' ? begin(form) : setStage('method')),
    signIn: () => begin(form),
    /** Takes the identity card. A new dataset is stored only after its projects were seen. */
    take: (anyway: boolean) => {
      setAccepted({ anyway });
      if (goal.purpose !== '') accept(anyway);
    },
    load: () => accept(accepted?.anyway ?? false),
    solve,
    takeWay,
    /** Closes the dialog and ends what it began, unless it is stored already. */
    leave: () => {
      if (attempt?.phase !== 'storing' && attempt?.phase !== 'accepted') tries.end();
      close();
    },
  };

  function begin(filled: Form, over: Partial<ConnectRequest> = {}) {
    const request = requestOf(goal, filled, { organization, ownClientId: defaults?.clientId ?? '', account: chosenAccount(goal, filled, offered) });
    setForm(filled);
    setAccepted(null);
    tries.begin.mutate(
      { ...request, ...over },
      { onSuccess: () => setStage('attempt'), onError: () => setStage(goal.connector.source === 'sample' ? 'parameters' : 'method') },
    );
  }

  // A person who was right is not expected any more when somebody else is wanted.
  function someoneElse() {
    setAccepted(null);
    if (method === 'token') return anotherToken();
    if (attempt?.identity?.matches) setForm({ ...form, account: '', expect: '' });
    if (attempt) tries.signInAgain.mutate(attempt.id);
  }

  function anotherToken() {
    setForm({ ...form, account: '', method: 'token' });
    goBack('method');
  }

  // In another way, as the same account if one was chosen.
  function takeWay(rung: SignInWay['rung']) {
    if (rung === 'token') anotherToken();
    else begin({ ...form, rung });
  }

  function solve(action: FaultAction) {
    switch (action) {
      case 'editName':
      case 'editProjects':
        return goBack(first);
      case 'useToken':
        return anotherToken();
      case 'normalBrowser':
        return takeWay('system');
      case 'useDeviceCode':
        return takeWay('deviceCode');
      case 'askConsent':
        return begin(form, { askConsent: true });
      case 'signInElse':
        // Whoever is offered from this computer did not do; the program would ask for the same person again.
        return attempt?.rung === 'silent' ? begin({ ...form, account: '', expect: '', rung: 'isolated' }) : someoneElse();
      case 'signInAgain':
        return method === 'token' ? anotherToken() : takeWay(form.rung || 'isolated');
      case 'openGuide':
        return guide?.();
      default:
        return method === 'token' ? goBack('method') : begin(form);
    }
  }
}

// How the program understands the typed organization; nothing while it is empty.
function useOrganization(text: string) {
  const typed = useSettled(text.trim(), 200);
  const { data } = useQuery({ queryKey: ['organizationCheck', typed], queryFn: () => getData.checkOrganization(typed), enabled: typed !== '' });
  return typed === text.trim() && typed !== '' ? data : undefined;
}
