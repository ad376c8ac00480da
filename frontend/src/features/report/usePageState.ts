// The state of a page, kept on this computer per report and page, so that it is there after leaving.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { memoryOf, type ReportMemory } from './memory';
import type { PageStep, Reading } from './pageState';
import { pageAnswer } from './usePage';

export type Step = (step: PageStep) => void;

/**
 * What was chosen on a page, the function that steps it, and the memory of its report, which can undo. A step asks for the
 * page's new answer at once, before anything is drawn.
 */
export function usePageState(reportId: string, pageId: string, generation: number | undefined): { reading: Reading; step: Step; memory: ReportMemory } {
  const memory = memoryOf(reportId);
  const reading = useSyncExternalStore(memory.subscribe, () => memory.reading(pageId));
  // Whether something can be undone changes without the page: it may have happened on another one.
  useSyncExternalStore(memory.subscribe, () => memory.version);
  const client = useQueryClient();
  const step = useCallback(
    (next: PageStep) => {
      memory.step(pageId, next);
      if (generation !== undefined) void client.prefetchQuery(pageAnswer(reportId, pageId, memory.reading(pageId).state, generation));
    },
    [memory, client, reportId, pageId, generation],
  );
  return { reading, step, memory };
}
