import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { refreshes } from './api';
import { faultOf } from './call';
import type { ProgressView } from './types';

/** How the load of a dataset stands, kept fresh by the program's own events, and the step that starts one. */
export function useRefreshing(datasetId: string | undefined) {
  const client = useQueryClient();
  const key = ['progress', datasetId ?? ''];
  const { data } = useQuery({
    queryKey: key,
    queryFn: () => refreshes.progress(datasetId ?? ''),
    enabled: datasetId !== undefined,
    // Events may be lost when a browser sleeps; a running load is asked after anyway.
    refetchInterval: (query) => (query.state.data?.state === 'running' ? 3_000 : false),
  });
  const start = useMutation({
    mutationFn: () => refreshes.start(datasetId ?? ''),
    onSuccess: (progress: ProgressView) => client.setQueryData(key, progress),
  });
  return {
    progress: data,
    running: data?.state === 'running',
    start: start.mutate,
    refused: start.error ? faultOf(start.error) : null,
  };
}
