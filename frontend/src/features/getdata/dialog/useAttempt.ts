// One sign-in, from Begin to what it was for.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { getData } from '../../../backend/api';
import type { AttemptView, ConnectRequest, Fault } from '../../../backend/types';
import { isMoving } from './flow';
import { failed as texts } from './texts';

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
  const forget = () => {
    if (id !== null) void getData.cancel(id).catch(() => undefined);
  };
  const change = <Args,>(mutationFn: (args: Args) => Promise<AttemptView>) => ({ mutationFn, onSuccess: keep });
  const begin = useMutation(
    change((request: ConnectRequest) => {
      forget();
      return getData.begin(request);
    }),
  );
  const attempt = id === null ? undefined : data;
  return {
    // One that is replaced by another is ending, which is not for the person to see.
    attempt: attempt && begin.isPending ? starting(attempt) : attempt,
    /** Begins a sign-in in place of the one that runs. */
    begin,
    signInAgain: useMutation(change((of: string) => getData.signInAgain(of))),
    changePatterns: useMutation(change(({ of, patterns }: { of: string; patterns: string[] }) => getData.changePatterns(of, patterns))),
    accept: useMutation(change(({ of, anyway }: { of: string; anyway: boolean }) => getData.accept(of, anyway))),
    /** Asks for the sign-in once more, because something outside of it changed. */
    look: () => void client.invalidateQueries({ queryKey: ['attempt', id] }),
    /** Ends the sign-in and forgets it. */
    end: () => {
      forget();
      setId(null);
    },
  };
}

function starting(attempt: AttemptView): AttemptView {
  return { ...attempt, phase: 'discovering', rung: '', notice: '', link: '', code: '', identity: null, fault: null, warnings: [] };
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
