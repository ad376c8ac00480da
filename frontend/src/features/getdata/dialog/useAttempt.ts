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
 * Keeps a typed personal access token, outside of what React remembers, until an attempt awaits it; hands
 * it over once and forgets it. `fault` says when it could not be handed over.
 */
export function useTokenHandOver(attempt: AttemptView | undefined): { keep: (token: string) => void; fault: Fault | null } {
  const [fault, setFault] = useState<Fault | null>(null);
  const kept = useRef('');
  const sentTo = useRef('');
  const id = attempt?.id ?? '';
  const awaited = attempt?.phase === 'token';
  useEffect(() => {
    if (!awaited || sentTo.current === id || kept.current === '') return;
    sentTo.current = id;
    const secret = kept.current;
    kept.current = '';
    const notSent = () => setFault({ code: 'internal', message: texts.tokenNotSent, hint: texts.tokenNotSentHint, facts: [], actions: [] });
    getData.sendToken(id, secret).then((ok) => (ok ? setFault(null) : notSent()), notSent);
  }, [awaited, id]);
  const keep = (token: string) => {
    kept.current = token;
    setFault(null);
  };
  return { keep, fault };
}
