// A dataset: where it comes from and as whom, when it is refreshed, what its refreshes did, and the proof
// that all is there.
import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { datasets, refreshes } from '../../backend/api';
import { faultOf } from '../../backend/call';
import { useRefreshing } from '../../backend/refreshing';
import { saveMade } from '../../backend/saving';
import { hasEnded } from '../../backend/signingIn';
import { actionsOf, useSolving } from '../../refusals/solving';
import type { DatasetView, Fault, NavItem, RunView } from '../../backend/types';
import { offerDownload } from '../../ui/download';
import { FaultActions } from '../../ui/FaultActions';
import { FaultCard } from '../../ui/FaultCard';
import { navigate } from '../../ui/navigation';
import { useSaying } from '../../ui/Saying';
import { ConnectionCard } from './ConnectionCard';
import { DatasetBar } from './DatasetBar';
import styles from './DatasetScreen.module.css';
import { DeleteDatasetDialog } from './DeleteDatasetDialog';
import { EditParametersDialog } from './EditParametersDialog';
import { FullReloadDialog } from './FullReloadDialog';
import { historyFile } from './historyFile';
import { HistoryTable } from './HistoryTable';
import { LastRefreshCard } from './LastRefreshCard';
import { ProofCard } from './ProofCard';
import { ScheduleCard } from './ScheduleCard';
import { history as historyTexts, parameters, screen as texts } from './texts';

export interface DatasetScreenProps {
  id: string;
  /** What was made from it. */
  documents: { dashboards: readonly NavItem[]; reports: readonly NavItem[] };
}

const noRuns: RunView[] = [];

export function DatasetScreen({ id, documents }: DatasetScreenProps) {
  const answer = useQuery({ queryKey: ['dataset', id], queryFn: () => datasets.dataset(id) });
  const runs = useQuery({ queryKey: ['history', id], queryFn: () => refreshes.history(id) });
  const [dialog, setDialog] = useState<'parameters' | 'reload' | 'remove' | null>(null);
  const { say, saying } = useSaying();
  const { progress, running } = useRefreshing(id);
  const start = useStart(id, answer.data?.lastRefresh === '');
  const close = () => setDialog(null);
  if (answer.isError) {
    return (
      <div className={styles.screen}>
        <FaultCard fault={faultOf(answer.error)} tone="warning" icon={<ErrorCircle20Regular />} />
      </div>
    );
  }
  if (!answer.data) return null;
  // The event of a refresh that begins comes before the dataset is asked again.
  const d = running && answer.data.lastRefresh ? { ...answer.data, state: 'refreshing' as const } : answer.data;
  const history = runs.data ?? noRuns;
  const tell = (error: unknown) => say([faultOf(error).message, faultOf(error).hint].filter(Boolean).join(' '), 'danger');
  return (
    <>
      <DatasetBar d={d} percent={progress?.percent ?? 0} documents={documents} busy={start.isPending} start={() => start.mutate()} reload={() => setDialog('reload')} remove={() => setDialog('remove')} />
      <div className={styles.screen}>
        {start.isError && <StartFault d={d} fault={faultOf(start.error)} again={() => start.mutate()} />}
        {d.state === 'failed' && d.lastError && <LastFailure d={d} busy={start.isPending} again={() => start.mutate()} />}
        <div className={styles.cards}>
          <ConnectionCard d={d} edit={() => setDialog('parameters')} reveal={() => datasets.reveal(id).catch(tell)} />
          <ScheduleCard d={d} />
          <LastRefreshCard d={d} runs={history} />
        </div>
        <div className={styles.tables}>
          <HistoryTable runs={history} save={() => void saveHistory(d, history, say)} />
          <ProofCard d={d} />
        </div>
      </div>
      {saying}
      {dialog === 'parameters' && <EditParametersDialog d={d} close={close} saved={() => say(parameters.saved)} />}
      {dialog === 'reload' && <FullReloadDialog d={d} close={close} />}
      {dialog === 'remove' && <DeleteDatasetDialog id={id} name={d.name} dashboards={names(documents.dashboards)} reports={names(documents.reports)} close={close} />}
    </>
  );
}

// A first load is watched on its own screen; a refresh goes on beside everything else.
function useStart(id: string, first: boolean) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => refreshes.start(id),
    onSuccess: (progress) => {
      client.setQueryData(['progress', id], progress);
      if (first) navigate({ screen: 'loading', id });
      else void client.invalidateQueries({ queryKey: ['history', id] });
    },
  });
}

const names = (items: readonly NavItem[]) => items.map((i) => i.name);

async function saveHistory(d: DatasetView, runs: readonly RunView[], say: ReturnType<typeof useSaying>['say']): Promise<void> {
  const saved = await saveMade(async () => historyFile(d.name, runs));
  if ('offer' in saved) offerDownload(saved.offer.name, saved.offer.text);
  else if ('path' in saved) say(historyTexts.saved(saved.path));
  else if ('refused' in saved) say(saved.refused, 'danger');
}

function StartFault({ d, fault, again }: { d: DatasetView; fault: Fault; again: () => void }) {
  const can = useSolving(d.id, fault, again);
  return <FaultCard fault={fault} tone="warning" icon={<ErrorCircle20Regular />} actions={<FaultActions actions={actionsOf(fault)} can={can} />} />;
}

// The dataset keeps the sentence of its last failure only; whether its sign-in ended is known beside it.
function LastFailure({ d, busy, again }: { d: DatasetView; busy: boolean; again: () => void }) {
  const can = useSolving(d.id, null, again);
  const actions = hasEnded({ state: d.signIn }) ? ['signInAgain'] : ['retry'];
  return (
    <FaultCard
      title={texts.failure}
      fault={{ message: d.lastError, hint: '', facts: [] }}
      tone="warning"
      icon={<ErrorCircle20Regular />}
      actions={<FaultActions actions={actions} can={can} busy={busy} named={d.person ? { signInAgain: texts.signInAgainAs(d.person) } : undefined} />}
    />
  );
}
