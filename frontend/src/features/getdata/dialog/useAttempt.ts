// One sign-in, from Begin to a dataset that loads.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { getData } from '../../../backend/api';
import type { AttemptView, ConnectRequest, Fault } from '../../../backend/types';
import { failed as texts } from '../texts';
import { isMoving } from './flow';

export function useAttempt() {
  const client = useQueryClient();
  const [id, setId] = useState<string | null>(null);
  const keep = (attempt: AttemptView) => {
    setId(attempt.id);
    client.setQueryData(['attempt', attempt.id], attempt);
  };
  const { data } = useQuery({
    queryKey: ['attempt', id],
    queryFn: () => getData.attempt(id ?? ''),
    enabled: id !== null,
    refetchInterval: (query) => (isMoving(query.state.data) ? 700 : false),
  });
  const change = <Args,>(mutationFn: (args: Args) => Promise<AttemptView>) => ({ mutationFn, onSuccess: keep });
  return {
    attempt: id === null ? undefined : data,
    begin: useMutation(change((request: ConnectRequest) => getData.begin(request))),
    signInAgain: useMutation(change((of: string) => getData.signInAgain(of))),
    changePatterns: useMutation(change(({ of, patterns }: { of: string; patterns: string[] }) => getData.changePatterns(of, patterns))),
    accept: useMutation(change(({ of, anyway }: { of: string; anyway: boolean }) => getData.accept(of, anyway))),
    /** Ends the sign-in and forgets it. */
    end: () => {
      if (id !== null) void getData.cancel(id).catch(() => undefined);
      setId(null);
    },
  };
}

/**
 * Hands a personal access token to an attempt that awaits one, once, and forgets it. Returns the fault
 * when it could not be handed over.
 */
export function useTokenHandOver(attempt: AttemptView | undefined, token: React.RefObject<string>): Fault | null {
  const [fault, setFault] = useState<Fault | null>(null);
  const sentTo = useRef('');
  const id = attempt?.id ?? '';
  const awaited = attempt?.phase === 'token';
  useEffect(() => {
    if (!awaited || sentTo.current === id || token.current === '') return;
    sentTo.current = id;
    const secret = token.current;
    token.current = '';
    const notSent = () => setFault({ code: 'internal', message: texts.tokenNotSent, hint: texts.tokenNotSentHint, facts: [] });
    setFault(null);
    getData.sendToken(id, secret).then((ok) => !ok && notSent(), notSent);
  }, [awaited, id, token]);
  return fault;
}
