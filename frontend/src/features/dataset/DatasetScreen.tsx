// A dataset: where it comes from and as whom, how fresh it is, what it holds, its history.
import { ArrowClockwise20Regular } from '@fluentui/react-icons/svg/arrow-clockwise';
import { Delete20Regular } from '@fluentui/react-icons/svg/delete';
import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { datasets, refreshes } from '../../backend/api';
import { faultOf } from '../../backend/call';
import type { DatasetView, NavItem, RunView } from '../../backend/types';
import { Button } from '../../ui/Button';
import { Chip, type Tone } from '../../ui/Chip';
import { FaultCard } from '../../ui/FaultCard';
import { navigate } from '../../ui/navigation';
import { ConnectionCard } from './ConnectionCard';
import styles from './DatasetScreen.module.css';
import { DeleteDatasetDialog } from './DeleteDatasetDialog';
import { HistoryTable } from './HistoryTable';
import { LastRefreshCard } from './LastRefreshCard';
import { screen as texts } from './texts';

export interface DatasetScreenProps {
  id: string;
  /** What was made from it. */
  documents: { dashboards: readonly NavItem[]; reports: readonly NavItem[] };
}

const noRuns: RunView[] = [];
const tones: Record<DatasetView['state'], Tone> = { ready: 'ok', loading: 'brand', partial: 'sun', refreshing: 'brand', paused: 'plain', failed: 'warning' };

export function DatasetScreen({ id, documents }: DatasetScreenProps) {
  const answer = useQuery({ queryKey: ['dataset', id], queryFn: () => datasets.dataset(id) });
  const runs = useQuery({ queryKey: ['history', id], queryFn: () => refreshes.history(id) });
  const [removing, setRemoving] = useState(false);
  const start = useMutation({
    mutationFn: () => refreshes.start(id),
    onSuccess: () => navigate({ screen: 'loading', id }),
  });
  if (answer.isError) {
    return (
      <div className={styles.screen}>
        <FaultCard fault={faultOf(answer.error)} tone="warning" icon={<ErrorCircle20Regular />} />
      </div>
    );
  }
  const d = answer.data;
  if (!d) return null;
  const names = (items: readonly NavItem[]) => items.map((i) => i.name);
  const history = runs.data ?? noRuns;
  return (
    <>
      <ActionBar d={d} busy={start.isPending} start={() => start.mutate()} remove={() => setRemoving(true)} />
      <div className={styles.screen}>
        {start.isError && <FaultCard fault={faultOf(start.error)} tone="warning" icon={<ErrorCircle20Regular />} />}
        {d.state === 'failed' && d.lastError && <LastFailure message={d.lastError} busy={start.isPending} again={() => start.mutate()} />}
        <div className={styles.cards}>
          <ConnectionCard d={d} />
          <LastRefreshCard d={d} runs={history} documents={documents} />
        </div>
        <HistoryTable runs={history} />
      </div>
      {removing && (
        <DeleteDatasetDialog id={id} name={d.name} dashboards={names(documents.dashboards)} reports={names(documents.reports)} close={() => setRemoving(false)} />
      )}
    </>
  );
}

function ActionBar({ d, busy, start, remove }: { d: DatasetView; busy: boolean; start: () => void; remove: () => void }) {
  const loads = d.state === 'loading' || d.state === 'partial' || d.state === 'refreshing';
  return (
    <div className={styles.bar}>
      <h1>{d.name}</h1>
      <Chip tone={tones[d.state]}>{texts.states[d.state]}</Chip>
      <span className={styles.space} />
      {loads ? (
        <Button look="subtle" icon={<ArrowClockwise20Regular />} onClick={() => navigate({ screen: 'loading', id: d.id })}>
          {texts.seeLoad}
        </Button>
      ) : (
        <Button look="subtle" icon={<ArrowClockwise20Regular />} disabled={busy} onClick={start}>
          {d.state === 'paused' ? texts.goOn : texts.refresh}
        </Button>
      )}
      <Button look="subtle" icon={<Delete20Regular />} onClick={remove}>
        {texts.remove}
      </Button>
    </div>
  );
}

function LastFailure({ message, busy, again }: { message: string; busy: boolean; again: () => void }) {
  return (
    <FaultCard
      title={texts.failure}
      fault={{ message, hint: '', facts: [] }}
      tone="warning"
      icon={<ErrorCircle20Regular />}
      actions={
        <Button look="primary" disabled={busy} onClick={again}>
          {texts.tryAgain}
        </Button>
      }
    />
  );
}
