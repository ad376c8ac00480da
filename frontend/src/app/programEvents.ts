// The program's small signals, turned into stale queries and notices.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { events } from '../backend/api';
import type { ProgressView } from '../backend/types';
import { shellKey } from './shellState';

// These hold their own freshness: the frame below, an attempt, a load and notices by their own events, the
// timer and what the dialog offers because no dataset changes them.
const ownFreshness = new Set<unknown>(['shell', 'attempt', 'progress', 'notices', 'timer', 'connectDefaults']);

/** Hears the program for as long as the application is on screen. `ended` is told once per finished load. */
export function useProgramEvents(ended: (progress: ProgressView) => void): void {
  const client = useQueryClient();
  const tell = useRef(ended);
  useEffect(() => {
    tell.current = ended;
  });
  useEffect(() => {
    const running = new Set<string>();
    const hear = (progress: ProgressView) => {
      client.setQueryData(['progress', progress.datasetId], progress);
      if (progress.state === 'running' || progress.state === 'paused') {
        running.add(progress.datasetId);
      } else if (running.delete(progress.datasetId)) {
        void client.invalidateQueries({ queryKey: shellKey });
        tell.current(progress);
      }
    };
    const changed = () => {
      void client.invalidateQueries({ predicate: (query) => !ownFreshness.has(query.queryKey[0]) });
      void client.invalidateQueries({ queryKey: shellKey });
    };
    const stop = [
      events.progress(hear),
      events.datasetChanged(changed),
      events.workspaceChanged(changed),
      events.attemptChanged(({ id }) => void client.invalidateQueries({ queryKey: ['attempt', id] })),
    ];
    return () => stop.forEach((end) => end());
  }, [client]);
}
