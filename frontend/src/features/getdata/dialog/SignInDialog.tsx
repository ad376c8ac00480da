// The dialog that signs in without a new dataset: an account for this computer, the person of a connection once
// more, or another account that a connection is handed to.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { accounts, datasets } from '../../../backend/api';
import type { AccountView, AttemptView, ConnectRequest, DatasetView, Source } from '../../../backend/types';
import { connectors, type Connector } from '../connectors';
import { GoalDialog } from './ConnectDialog';
import type { Goal } from './goal';

export interface SignInDialogProps {
  /** Its purpose is account or connection. What it leaves out is taken from the dataset or asked for. */
  request: Partial<ConnectRequest>;
  close: () => void;
  /** The account was kept, or the connection goes on as the person. */
  onDone: (attempt: AttemptView) => void;
  /** Opens the guide to a registration. */
  guide?: () => void;
}

export function SignInDialog({ request, close, onDone, guide }: SignInDialogProps) {
  const datasetId = request.purpose === 'connection' ? (request.datasetId ?? '') : '';
  // What is asked depends on both, and on how they are now, so nothing is drawn before they were asked once more.
  const dataset = useQuery({ queryKey: ['dataset', datasetId], queryFn: () => datasets.dataset(datasetId), enabled: datasetId !== '', staleTime: 0 });
  const known = useQuery({ queryKey: ['accounts'], queryFn: accounts.list, retry: false, staleTime: 0 });
  const waits = !known.isFetchedAfterMount || (datasetId !== '' && !dataset.isFetchedAfterMount);
  const goal = useMemo(() => (waits ? null : goalOf(request, dataset.data, known.data?.accounts ?? [])), [waits, request, dataset.data, known.data]);
  return goal && <GoalDialog goal={goal} close={close} done={onDone} guide={guide} />;
}

/** What a request asks for, with what its dataset and its account say. */
export function goalOf(request: Partial<ConnectRequest>, d: DatasetView | undefined, all: readonly AccountView[]): Goal {
  const key = request.account || d?.accountKey || '';
  const account = all.find((a) => a.key === key);
  const source = request.source ?? sourceOf(d);
  const address = account?.address ?? d?.address ?? '';
  const same = !request.switch && key !== '';
  const kept = account?.kind === 'token' ? 'token' : 'oauth';
  return {
    purpose: request.purpose ?? 'account',
    connector: connectorFor(source),
    dataset: d?.name,
    patterns: d?.patterns,
    person: same && address ? { name: account?.name ?? d?.person ?? address, address } : undefined,
    given: {
      ...request,
      ...(source ? { source } : {}),
      account: key,
      organization: request.organization ?? d?.url ?? '',
      expect: same ? address : '',
      method: request.method ?? (account ? kept : undefined),
    },
  };
}

function sourceOf(d: DatasetView | undefined): Source | undefined {
  if (!d) return undefined;
  if (d.sample) return 'sampleSignIn';
  return d.server ? 'server' : 'azureDevOps';
}

// Only its picture and whether it is the sample are taken from it.
function connectorFor(source: Source | undefined): Connector {
  const found = connectors.find((c) => c.source === source) ?? connectors[0];
  if (!found) throw new Error('there is no connector');
  return found;
}
