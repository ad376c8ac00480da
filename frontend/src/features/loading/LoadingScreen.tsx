// A load while it runs, pauses, fails or ends. It reads the program's progress only, so a window that
// was closed shows the load again where it is.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Pause20Regular } from '@fluentui/react-icons/svg/pause';
import { Play20Regular } from '@fluentui/react-icons/svg/play';
import { useEffect, useRef, useState } from 'react';
import { refreshes } from '../../backend/api';
import { faultOf } from '../../backend/call';
import type { ProgressView } from '../../backend/types';
import { Button } from '../../ui/Button';
import { navigate } from '../../ui/navigation';
import { ProgressLine } from '../../ui/ProgressLine';
import { LoadFault } from './LoadFault';
import { LoadLog } from './LoadLog';
import styles from './LoadingScreen.module.css';
import { PhaseTable } from './PhaseTable';
import { Unread } from './Unread';
import { ReadyCard } from './ReadyCard';
import { texts } from './texts';
import { heading, summary, underHeading } from './view';
import { WaitBanner } from './WaitBanner';

const goesOn = (p: ProgressView | undefined) => p?.state === 'running' || p?.state === 'paused';

export function LoadingScreen({ id }: { id: string }) {
  const progress = useQuery({
    queryKey: ['progress', id],
    queryFn: () => refreshes.progress(id),
    staleTime: 0,
    refetchInterval: (query) => (goesOn(query.state.data) ? 1000 : false),
  });
  const [logOpen, setLogOpen] = useState(false);
  const p = progress.data;
  useLanding(p, logOpen);
  if (progress.isError) {
    return (
      <div className={styles.screen}>
        <LoadFault fault={faultOf(progress.error)} datasetId={id} again={() => void progress.refetch()} />
      </div>
    );
  }
  if (!p) return null;
  return (
    <div className={styles.screen}>
      <Head p={p} />
      {p.fault && p.state !== 'running' && <FailedLoad p={p} />}
      {p.phases.length > 0 && <LoadCard p={p} toldAt={progress.dataUpdatedAt} />}
      <ReadyCard p={p} />
      {p.log.length > 0 && <LoadLog lines={p.log} open={logOpen} toggle={setLogOpen} />}
    </div>
  );
}

function LoadCard({ p, toldAt }: { p: ProgressView; toldAt: number }) {
  return (
    <section className={styles.card}>
      <div className={styles.total}>
        <div className={styles.percent}>
          {Math.floor(p.percent)}
          <small>%</small>
        </div>
        <div className={styles.line}>
          <ProgressLine value={p.percent / 100} label={texts.total} height={8} tone={p.state === 'succeeded' ? 'ok' : 'brand'} />
          <p className="sl-num">
            {summary(p).map((part) => (
              <span key={part}>{part}</span>
            ))}
          </p>
        </div>
      </div>
      {p.state === 'running' && p.waitLeft > 0 && <WaitBanner p={p} toldAt={toldAt} />}
      <PhaseTable phases={p.phases} moving={p.state === 'running'} />
      <Unread p={p} />
    </section>
  );
}

/** One of the calls that change a load; its answer is the next progress. */
function useLoadAction(id: string, act: (id: string) => Promise<ProgressView>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => act(id),
    onSuccess: (p) => {
      client.setQueryData(['progress', id], p);
      void client.invalidateQueries({ queryKey: ['shell'] });
    },
  });
}

function Head({ p }: { p: ProgressView }) {
  const pause = useLoadAction(p.datasetId, refreshes.pause);
  const resume = useLoadAction(p.datasetId, refreshes.resume);
  const cancel = useLoadAction(p.datasetId, refreshes.cancel);
  const busy = pause.isPending || resume.isPending || cancel.isPending;
  const refused = pause.error ?? resume.error ?? cancel.error;
  const unfinished = p.state === 'canceled' || (p.state === 'idle' && !p.fault && !p.firstLook);
  return (
    <header className={styles.head}>
      <div>
        <h1>{heading(p)}</h1>
        <p>{refused ? faultOf(refused).message : underHeading(p)}</p>
      </div>
      <div className={styles.actions}>
        {p.state === 'running' && (
          <Button icon={<Pause20Regular />} disabled={busy} onClick={() => pause.mutate()}>
            {texts.pause}
          </Button>
        )}
        {(p.state === 'paused' || unfinished) && (
          <Button look="primary" icon={<Play20Regular />} disabled={busy} onClick={() => resume.mutate()}>
            {p.state === 'paused' ? texts.resume : texts.goOn}
          </Button>
        )}
        {goesOn(p) && (
          <Button disabled={busy} onClick={() => cancel.mutate()}>
            {texts.cancel}
          </Button>
        )}
      </div>
    </header>
  );
}

function FailedLoad({ p }: { p: ProgressView }) {
  const resume = useLoadAction(p.datasetId, refreshes.resume);
  if (!p.fault) return null;
  return (
    <div className={styles.fault}>
      <LoadFault fault={p.fault} datasetId={p.datasetId} person={p.person} busy={resume.isPending} again={() => resume.mutate()} />
    </div>
  );
}

// A person who watched the load to its end lands on the dashboard, unless the log is being read.
function useLanding(p: ProgressView | undefined, stay: boolean) {
  const watched = useRef(false);
  const running = goesOn(p);
  useEffect(() => {
    if (running) watched.current = true;
  }, [running]);
  const dashboard = p?.state === 'succeeded' && !stay ? p.dashboardId : '';
  useEffect(() => {
    if (!dashboard || !watched.current) return;
    const timer = window.setTimeout(() => navigate({ screen: 'dashboard', id: dashboard }, { replace: true }), 1500);
    return () => window.clearTimeout(timer);
  }, [dashboard]);
}
