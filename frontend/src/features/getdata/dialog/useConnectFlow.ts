// The way through the dialog: what was filled in, the running sign-in, and the steps a person can take.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { getData } from '../../../backend/api';
import { useSettled } from '../../../ui/useSettled';
import type { Connector } from '../connectors';
import { stepOf, type Stage } from './flow';
import { emptyForm, requestOf } from './form';
import type { Solution } from './solutions';
import { useAttempt, useTokenHandOver } from './useAttempt';

export function useConnectFlow(connector: Connector, close: () => void, loaded: (datasetId: string) => void) {
  const [form, setForm] = useState(() => emptyForm(connector));
  const [stage, setStage] = useState<Stage>('parameters');
  const [accepted, setAccepted] = useState<{ anyway: boolean } | null>(null);
  const tries = useAttempt();
  const { attempt } = tries;
  const token = useTokenHandOver(attempt);
  const organization = useOrganization(connector.sample ? '' : form.organization);
  const { data: defaults } = useQuery({ queryKey: ['connectDefaults'], queryFn: getData.defaults });
  const byToken = form.method === 'token' && !connector.sample;

  const datasetId = attempt?.phase === 'accepted' ? attempt.datasetId : '';
  useEffect(() => {
    if (datasetId) loaded(datasetId);
  }, [datasetId, loaded]);

  const goBack = (to: Stage) => {
    tries.end();
    token.keep('');
    setAccepted(null);
    setStage(to);
  };
  const someoneElse = () => {
    setAccepted(null);
    if (byToken) goBack('method');
    else if (attempt) tries.signInAgain.mutate(attempt.id);
  };
  return {
    form,
    setForm,
    organization,
    defaults,
    attempt,
    tries,
    token,
    step: token.fault ? ('failed' as const) : stepOf({ stage, attempt, accepted: accepted !== null }),
    goBack,
    someoneElse,
    /** Leaves the parameters: to the choice of a method, or on at once where there is none. */
    next: () => (connector.source === 'sample' ? begin() : setStage('method')),
    begin,
    /** Takes the identity card; nothing is stored before the projects were seen. */
    take: (anyway: boolean) => setAccepted({ anyway }),
    load: () => attempt && tries.accept.mutate({ of: attempt.id, anyway: accepted?.anyway ?? false }),
    solve,
    /** Closes the dialog and ends what it began, unless it is stored already. */
    leave: () => {
      if (attempt?.phase !== 'storing' && attempt?.phase !== 'accepted') tries.end();
      close();
    },
  };

  function begin() {
    const start = () => {
      setAccepted(null);
      setStage('attempt');
    };
    tries.begin.mutate(requestOf(connector, form, organization, defaults?.clientId ?? ''), { onSuccess: start });
  }

  function solve(solution: Solution) {
    switch (solution) {
      case 'name':
      case 'start':
      case 'projects':
        return goBack('parameters');
      case 'token':
        setForm({ ...form, method: 'token' });
        return goBack('method');
      case 'otherToken':
        return goBack('method');
      case 'again':
      case 'someoneElse':
        return someoneElse();
    }
  }
}

// How the program understands the typed organization; nothing while it is empty.
function useOrganization(text: string) {
  const typed = useSettled(text.trim(), 200);
  const { data } = useQuery({ queryKey: ['organizationCheck', typed], queryFn: () => getData.checkOrganization(typed), enabled: typed !== '' });
  return typed === text.trim() && typed !== '' ? data : undefined;
}
